package digitalwallet.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What docs/operations/limits.md says, row by row. */
final class LimitsPage {

    private static final Path PAGE = Path.of("docs/operations/limits.md");
    private static final Pattern METRIC =
            Pattern.compile("`([a-z_]+)(?:\\{([a-z]+=\"[a-z_]+\")})?`");
    private static final int CELLS = 4;

    private LimitsPage() {}

    /**
     * A metric as the page names it.
     *
     * @param label empty when any will do
     */
    record Metric(String name, String label) {

        /** Whether one of these lines is of it, and has a number. */
        boolean isIn(String shown) {
            return shown.lines()
                    .anyMatch(
                            line ->
                                    (line.startsWith(name + " ") || line.startsWith(name + "{"))
                                            && line.contains(label)
                                            && !line.endsWith(" NaN"));
        }
    }

    /** A bound and its metrics. */
    record Row(String bound, List<Metric> metrics) {}

    /** All rows of all tables. */
    static List<Row> rows() {
        return Repository.text(PAGE)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| bound |"))
                .map(LimitsPage::row)
                .toList();
    }

    private static Row row(String line) {
        var cells = line.substring(2).split(" \\|", -1);
        if (cells.length != CELLS + 1) {
            throw new IllegalStateException("not four cells: " + line);
        }
        // Where a row repeats another one's metrics, it says of which port.
        var metrics =
                METRIC.matcher(cells[CELLS - 1])
                        .results()
                        .map(
                                found ->
                                        found.group(1).equals("port")
                                                ? new Metric("http_connections", found.group(2))
                                                : new Metric(
                                                        found.group(1),
                                                        found.group(2) == null
                                                                ? ""
                                                                : found.group(2)))
                        .toList();
        return new Row(cells[0], metrics);
    }
}
