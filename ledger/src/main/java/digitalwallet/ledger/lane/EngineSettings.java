package digitalwallet.ledger.lane;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.posting.Guards;

/**
 * How an engine works.
 *
 * @param lanes how many lanes this instance claims
 * @param batchCommandsMax commands in one batch
 * @param batchLocksMax advisory locks one lane holds at a time
 * @param queueLengthMax commands that wait or run in this instance before more are refused
 * @param queueBytesMax of memory that these may take, about, before more are refused
 * @param guards what sessions do besides what keeps the books
 */
public record EngineSettings(
        int lanes,
        int batchCommandsMax,
        int batchLocksMax,
        int queueLengthMax,
        long queueBytesMax,
        Guards guards,
        Limits limits) {

    private static final int USER_PART = 3;

    /** The part of the heap that the queue may take, in all of its forms. */
    private static final long QUEUE_BYTES_MAX = Runtime.getRuntime().maxMemory() / 8;

    private static final int BATCH_COMMANDS_MAX = 2_000;
    private static final int BATCH_LOCKS_MAX = 6_000;
    private static final int BATCH_LOCKS_MIN = 50;

    /** Settings that suit this machine, and a database whose lock table has this size. */
    public static EngineSettings of(int lanes, long lockTableSize, DigestKey key, Limits limits) {
        // Half of the table is for everybody else; the lanes of up to four instances share the
        // rest.
        long perLane = lockTableSize / 2 / (4L * lanes);
        int locks = Math.clamp(perLane, BATCH_LOCKS_MIN, BATCH_LOCKS_MAX);
        return new EngineSettings(
                lanes,
                BATCH_COMMANDS_MAX,
                locks,
                20_000,
                QUEUE_BYTES_MAX,
                new Guards(true, true, key),
                limits);
    }

    /** What may wait or run. */
    Room.Load queueMax() {
        return new Room.Load(queueLengthMax, queueBytesMax);
    }

    /** What of one user may wait or run: the others have room for theirs. */
    Room.Load userMax() {
        return queueMax().part(USER_PART);
    }

    /** Lanes for this machine: half the cores, but two where there are two. */
    public static int lanesFor(int cores) {
        return Math.max(Math.min(2, cores), cores / 2);
    }

    /** The same without advisory locks: only to prove that they save work and nothing else. */
    public EngineSettings withoutAdvisoryLocks() {
        return with(queueLengthMax, queueBytesMax, guards.withoutLocks());
    }

    /**
     * The same for a clock that is not the database's: nobody may rely on the past being over then.
     */
    public EngineSettings withoutGuardedDates() {
        return with(queueLengthMax, queueBytesMax, guards.withoutDates());
    }

    /** The same with other room in the queue. */
    public EngineSettings withQueueBytesMax(long bytes) {
        return with(queueLengthMax, bytes, guards);
    }

    /** The same with another length of the queue. */
    public EngineSettings withQueueLengthMax(int length) {
        return with(length, queueBytesMax, guards);
    }

    private EngineSettings with(int queueLength, long queueBytes, Guards others) {
        return new EngineSettings(
                lanes, batchCommandsMax, batchLocksMax, queueLength, queueBytes, others, limits);
    }
}
