package digitalwallet.ledger.database;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a partition is processed, and when that was known to be the newest position.
 *
 * <p>Two consumers that go on from one position insert one key, and only one of them can commit.
 * The sweep deletes the key one day. So who has not looked for {@link #KNOWN_MAX} must look again
 * before they write, and a position is kept for longer after the next one was committed.
 *
 * @param offset of the first message that is not processed
 * @param asOf a time of the database at which no further position was committed yet
 */
public record QueuePosition(long offset, Instant asOf) {

    /** So long somebody may go on from a position they know without looking again. */
    public static final Duration KNOWN_MAX = Duration.ofHours(1);

    /** So long a position is kept at least once there is a further one. */
    public static final Duration KEPT = Duration.ofHours(2);
}
