package digitalwallet.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The results as aligned columns of text. */
public final class Table {

    private static final List<String> HEAD =
            List.of(
                    "bench",
                    "what",
                    "value",
                    "against",
                    "ratio",
                    "bar",
                    "met",
                    "CPU µs per operation");

    private Table() {}

    public static List<String> lines(List<Result> results) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        results.forEach(result -> rows.add(cells(result)));
        var widths =
                IntStream.range(0, HEAD.size())
                        .map(
                                column ->
                                        rows.stream()
                                                .mapToInt(row -> row.get(column).length())
                                                .max()
                                                .orElse(0))
                        .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static List<String> cells(Result result) {
        var ratio = result.ratio();
        var met = result.met();
        return List.of(
                result.bench(),
                result.what(),
                figure(result.value()) + (result.unit().startsWith("/") ? "" : " ") + result.unit(),
                shown(result.against()),
                ratio == null ? "–" : String.format(Locale.ROOT, "%.2f", ratio),
                shown(result.bar()),
                met == null ? "–" : met ? "yes" : "no",
                shown(result.cpu()));
    }

    /** Writes large figures without decimals, and small ones with as many as are meaningful. */
    private static String figure(double value) {
        double size = Math.abs(value);
        var format = size >= 100 || value == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String shown(@Nullable String text) {
        return text == null ? "–" : text;
    }
}
