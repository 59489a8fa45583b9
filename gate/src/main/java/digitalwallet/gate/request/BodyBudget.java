package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies the process holds at once. A body counts from before it is read until
 * its request has been answered. Nobody may hold more than what is left for the others: one sender
 * has half, each of two a third, and however many hold as much as they may, something is left for a
 * body that is small. (A shared buffer with dynamic thresholds, as Choudhury and Hahne describe
 * it.) Those without a token, who may be anybody and many, share a quarter in the same way.
 */
public final class BodyBudget {

    private final AtomicLong held = new AtomicLong();
    private final AtomicLong heldWithoutToken = new AtomicLong();
    private final Map<String, Long> heldBySender = new ConcurrentHashMap<>();
    private final long bytesMax;
    private final long bytesWithoutTokenMax;
    private final Counter full;
    private final Counter greedy;
    private final Counter slow;

    /**
     * A budget.
     *
     * @param bytesMax of all bodies together
     */
    public BodyBudget(long bytesMax, MeterRegistry registry) {
        this.bytesMax = bytesMax;
        this.bytesWithoutTokenMax = bytesMax / 4;
        Gauge.builder("http.body.bytes", held::get).register(registry);
        Gauge.builder("http.body.bytes.max", () -> bytesMax).register(registry);
        full = registry.counter("http.bodies.refused", "why", "all");
        greedy = registry.counter("http.bodies.refused", "why", "sender");
        slow = registry.counter("http.bodies.refused", "why", "slow");
    }

    /** A body did not come in time. */
    void countSlow() {
        slow.increment();
    }

    /**
     * What one request holds; nothing yet.
     *
     * @param hasToken whether it is known who the sender is; otherwise it is an address
     */
    Share share(String sender, boolean hasToken) {
        return new Share(sender, hasToken);
    }

    /** What one request holds. Not for several threads. */
    final class Share implements AutoCloseable {

        private final String sender;
        private final boolean hasToken;
        private long bytes;

        private Share(String sender, boolean hasToken) {
            this.sender = sender;
            this.hasToken = hasToken;
        }

        /**
         * Takes more.
         *
         * @throws ProblemException when there is no room
         */
        void take(int more) {
            long ofSender = heldBySender.merge(sender, (long) more, Long::sum);
            long ofAll = held.addAndGet(more);
            long ofUnknown = heldWithoutToken.addAndGet(hasToken ? 0 : more);
            bytes += more;
            long left =
                    hasToken
                            ? bytesMax - ofAll
                            : Math.min(bytesMax - ofAll, bytesWithoutTokenMax - ofUnknown);
            if (ofSender <= left) {
                return;
            }
            if (ofSender > bytes) {
                greedy.increment();
                throw new ProblemException(
                        ProblemCode.TOO_MANY_REQUESTS,
                        "your requests under way have too many bytes together: send fewer at once");
            }
            full.increment();
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "the bodies under way fill the memory set aside for them; nothing was done:"
                            + " try again after Retry-After");
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            heldWithoutToken.addAndGet(hasToken ? 0 : -bytes);
            heldBySender.computeIfPresent(
                    sender, (_, all) -> all == bytes ? null : Long.valueOf(all - bytes));
            bytes = 0;
        }
    }
}
