package digitalwallet.ledger.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One story of a scenario file.
 *
 * @param scope unique; keeps the users of one story apart from those of all others
 */
public record Scenario(String file, String title, String scope, List<Line> lines) {

    private static final String HEADING = "Scenario:";

    // Named, because a folder inside a jar cannot be listed; a test compares them with the folder.
    static final List<String> FILES =
            List.of(
                    "accounts",
                    "atomic_groups",
                    "currencies",
                    "deposits",
                    "freezing",
                    "limits",
                    "payouts",
                    "purchases",
                    "refunds",
                    "repeating",
                    "transfers",
                    "withdrawals");

    /**
     * One line of it.
     *
     * @param number in the file, from 1
     */
    record Line(int number, String text) {}

    /** All stories of all files. */
    public static List<Scenario> all() {
        var scenarios = new ArrayList<Scenario>();
        for (var file : FILES) {
            scenarios.addAll(read(file));
        }
        return scenarios;
    }

    private static List<Scenario> read(String file) {
        var scenarios = new ArrayList<Scenario>();
        var lines = new ArrayList<Line>();
        int number = 0;
        for (var text : text(file).lines().toList()) {
            number++;
            if (text.startsWith(HEADING)) {
                lines = new ArrayList<>();
                var title = text.substring(HEADING.length()).strip();
                scenarios.add(
                        new Scenario(file, title, file + "-" + scenarios.size() + ".", lines));
            } else if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(new Line(number, text));
            }
        }
        return scenarios;
    }

    private static String text(String file) {
        try (var in = Scenario.class.getResourceAsStream("/scenarios/" + file + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("there is no scenario file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file + ": " + title;
    }
}
