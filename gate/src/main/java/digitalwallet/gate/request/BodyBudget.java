package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies the process holds at once, of all callers and of each. A body counts
 * from before it is read until its request has been answered.
 */
public final class BodyBudget {

    private final AtomicLong held = new AtomicLong();
    private final Map<String, Long> heldBySender = new ConcurrentHashMap<>();
    private final long bytesMax;
    private final long bytesPerSenderMax;
    private final Counter full;
    private final Counter greedy;
    private final Counter slow;

    /**
     * A budget.
     *
     * @param bytesMax of all bodies together; one sender has half of it
     */
    public BodyBudget(long bytesMax, MeterRegistry registry) {
        this.bytesMax = bytesMax;
        this.bytesPerSenderMax = bytesMax / 2;
        registry.gauge("http.body.bytes", held);
        registry.gauge("http.body.bytes.max", bytesMax);
        full = registry.counter("http.bodies.refused", "why", "all");
        greedy = registry.counter("http.bodies.refused", "why", "sender");
        slow = registry.counter("http.bodies.refused", "why", "slow");
    }

    /** A body did not come in time. */
    void countSlow() {
        slow.increment();
    }

    /** What one request holds; nothing yet. */
    Share share(String sender) {
        return new Share(sender);
    }

    /** What one request holds. Not for several threads. */
    final class Share implements AutoCloseable {

        private final String sender;
        private long bytes;

        private Share(String sender) {
            this.sender = sender;
        }

        /**
         * Takes more.
         *
         * @throws ProblemException when there is no room
         */
        void take(int more) {
            long ofSender = heldBySender.merge(sender, (long) more, Long::sum);
            long ofAll = held.addAndGet(more);
            bytes += more;
            if (ofSender > bytesPerSenderMax) {
                greedy.increment();
                throw new ProblemException(
                        ProblemCode.TOO_MANY_REQUESTS,
                        "your requests under way have too many bytes together; send fewer at once");
            }
            if (ofAll > bytesMax) {
                full.increment();
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "the bodies under way fill the memory set aside for them; nothing was"
                                + " done");
            }
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            heldBySender.computeIfPresent(
                    sender, (_, all) -> all == bytes ? null : Long.valueOf(all - bytes));
            bytes = 0;
        }
    }
}
