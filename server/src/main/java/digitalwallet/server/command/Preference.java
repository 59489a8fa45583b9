package digitalwallet.server.command;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What a caller prefers (RFC 7240): to be answered when their command is queued, perhaps after
 * waiting a while for its outcome. Unknown preferences are ignored, as that standard says.
 *
 * @param respondAsync whether the command is queued
 * @param patience how long the caller then waits for its outcome; zero for not at all
 */
record Preference(boolean respondAsync, Duration patience) {

    private static final Preference NONE = new Preference(false, Duration.ZERO);
    private static final int WAIT_SECONDS_MAX = 10;

    static Preference of(HttpServletRequest request) {
        if (request.getHeader("Prefer") == null) {
            return NONE;
        }
        boolean async = false;
        var wait = OptionalInt.empty();
        var all = String.join(",", Collections.list(request.getHeaders("Prefer")));
        for (var preference : all.split(",", -1)) {
            var name = preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            async |= name.equals("respond-async");
            wait = wait.isPresent() ? wait : seconds(name);
        }
        return new Preference(async, Duration.ofSeconds(wait.orElse(0)));
    }

    private static OptionalInt seconds(String preference) {
        var parts = preference.split("=", 2);
        if (parts.length < 2 || !parts[0].strip().equals("wait")) {
            return OptionalInt.empty();
        }
        var number = parts[1].strip().replaceAll("^\"|\"$", "");
        return number.matches("[0-9]{1,9}")
                ? OptionalInt.of(Math.min(WAIT_SECONDS_MAX, Integer.parseInt(number)))
                : OptionalInt.empty();
    }
}
