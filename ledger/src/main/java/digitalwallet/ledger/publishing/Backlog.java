package digitalwallet.ledger.publishing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is in the books and not yet published.
 *
 * @param transactions in these blocks; beyond some thousands of blocks an estimate
 * @param oldest when the first of these blocks was written; null when there is none
 */
public record Backlog(long blocks, long transactions, @Nullable Instant oldest) {

    /** Everything is published. */
    public static final Backlog NONE = new Backlog(0, 0, null);

    /** Both together. */
    public Backlog plus(Backlog other) {
        var first = other.oldest;
        boolean earlier = oldest == null || (first != null && first.isBefore(oldest));
        return new Backlog(
                blocks + other.blocks, transactions + other.transactions, earlier ? first : oldest);
    }
}
