package digitalwallet.local.token;

import digitalwallet.local.LocalFailure;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How long a token is good for, as people write it: {@code 90s}, {@code 30m}, {@code 1h}, {@code
 * 7d}.
 */
public final class TokenLifetime {

    private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,8})([smhd])");
    private static final Duration MAX = Duration.ofDays(366);

    private TokenLifetime() {}

    /** Refuses what is not written so, is zero, or is longer than a year. */
    public static Duration parse(String text) {
        var match = GRAMMAR.matcher(text);
        if (!match.matches()) {
            throw new LocalFailure(
                    "A token's lifetime is a number with s, m, h or d, such as 30m or 1h; this is"
                            + " not: "
                            + text);
        }
        var number = Long.parseLong(match.group(1));
        var lifetime =
                switch (match.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (lifetime.isZero() || lifetime.compareTo(MAX) > 0) {
            throw new LocalFailure("A token lives between 1s and 366d, not " + text + ".");
        }
        return lifetime;
    }
}
