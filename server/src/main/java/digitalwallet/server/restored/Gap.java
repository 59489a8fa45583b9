package digitalwallet.server.restored;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time whose transactions the books may have lost, as an operator has confirmed.
 *
 * @param from when the books that were restored end
 * @param to when the servers were started on them
 */
public record Gap(Instant from, Instant to) {

    /** Reads {@code from/to}, both of ISO 8601 with Z; empty when the text is no such thing. */
    public static Optional<Gap> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            var gap =
                    new Gap(
                            Instant.parse(text.substring(0, slash)),
                            Instant.parse(text.substring(slash + 1)));
            return Optional.of(gap).filter(each -> each.from.isBefore(each.to));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return from + "/" + to;
    }
}
