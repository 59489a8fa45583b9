package digitalwallet.ledger.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What clients asked for and what they were told, in their own words. Each operation has a mark of
 * its own, which it sends as the initiator of its command; repeated calls of one operation bear the
 * same mark and the same idempotency key. {@link HistoryCheck} holds it against the books.
 */
public final class History {

    private final String name;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final AtomicLong begun = new AtomicLong();

    /** A history whose marks begin with this name: two histories of one database have two names. */
    public History(String name) {
        this.name = name;
    }

    /**
     * What a client was told.
     *
     * @param posted false for a rejection
     * @param balance of the wallet whose money moved; null for a rejection
     * @param replayed whether an earlier call of the operation did it
     */
    public record Answer(
            UUID transactionId, boolean posted, @Nullable Seen balance, boolean replayed) {}

    /** A balance of a wallet as of one version, in minor units. */
    public record Seen(UUID accountId, long version, long amount) {}

    /** One thing a client wants done once, however often it has to ask. */
    public static final class Operation {

        private final String mark;
        private final long begun = System.nanoTime();
        private final List<Answer> answers = new ArrayList<>();
        private int faults;
        private long answered = Long.MAX_VALUE;

        private Operation(String mark) {
            this.mark = mark;
        }

        /** The books gave this answer. */
        public synchronized void answered(Answer answer) {
            answered = Math.min(answered, System.nanoTime());
            answers.add(answer);
        }

        /** A call ended without the books' answer. */
        public synchronized void failed() {
            faults++;
        }

        /** The name of the operation in the books. */
        public String mark() {
            return mark;
        }

        synchronized List<Answer> answers() {
            return List.copyOf(answers);
        }

        synchronized int faults() {
            return faults;
        }

        synchronized boolean isAnsweredBefore(long time) {
            return answered < time;
        }

        long begun() {
            return begun;
        }
    }

    /** An operation begins. */
    public Operation begin() {
        var operation = new Operation(name + "-" + begun.incrementAndGet());
        operations.add(operation);
        return operation;
    }

    String name() {
        return name;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** How many operations have an answer. */
    public long acknowledged() {
        return operations.stream().filter(o -> !o.answers().isEmpty()).count();
    }

    /** How many calls ended without an answer. */
    public long faults() {
        return operations.stream().mapToLong(Operation::faults).sum();
    }
}
