package digitalwallet.process.settings;

import org.jspecify.annotations.Nullable;

/**
 * One variable of the environment.
 *
 * @param name without the prefix that all variables of a process have
 * @param kind what values it takes
 * @param usual the value when it is not set; null when it must be, empty when there is none
 * @param meaning a sentence for people who set it
 * @param isSecret whether its value is never shown
 */
public record Variable<T>(
        String name, Kind<T> kind, @Nullable String usual, String meaning, boolean isSecret) {

    /** A variable that must be set. */
    public static <T> Variable<T> required(String name, Kind<T> kind, String meaning) {
        return new Variable<>(name, kind, null, meaning, false);
    }

    /** A variable that may be left out, and has no value then. */
    public static <T> Variable<T> optional(String name, Kind<T> kind, String meaning) {
        return new Variable<>(name, kind, "", meaning, false);
    }

    /** A variable that may be left out, and has this value then. */
    public static <T> Variable<T> usual(String name, Kind<T> kind, String usual, String meaning) {
        return new Variable<>(name, kind, usual, meaning, false);
    }

    /** The same, but never shown. */
    public Variable<T> secret() {
        return new Variable<>(name, kind, usual, meaning, true);
    }
}
