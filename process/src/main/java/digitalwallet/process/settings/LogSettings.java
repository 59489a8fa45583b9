package digitalwallet.process.settings;

import java.util.List;

/**
 * How a process logs.
 *
 * @param json for log collectors instead of people
 * @param level the lowest level that is logged
 */
public record LogSettings(boolean json, String level) {

    private static final Variable<String> FORMAT =
            Variable.usual(
                    "LOG_FORMAT",
                    Kind.word("text", "json"),
                    "text",
                    "text for people, json for log collectors.");
    private static final Variable<String> LEVEL =
            Variable.usual(
                    "LOG_LEVEL",
                    Kind.word("error", "warn", "info", "debug"),
                    "info",
                    "The least that is logged.");

    /** The variables that say so. */
    public static final List<Variable<?>> VARIABLES = List.of(FORMAT, LEVEL);

    /** What they say. */
    public static LogSettings read(Environment environment) {
        return new LogSettings(environment.get(FORMAT).equals("json"), environment.get(LEVEL));
    }
}
