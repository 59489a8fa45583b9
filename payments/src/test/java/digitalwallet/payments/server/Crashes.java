package digitalwallet.payments.server;

import digitalwallet.payments.flow.Checkpoint;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread that works on a payment die at one point, once. What the thread had not committed
 * is gone, as if the whole process had died. The rest of the service goes on, so that one run can
 * test many deaths.
 */
final class Crashes implements BiConsumer<Checkpoint, UUID> {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Map<UUID, Checkpoint> planned = new ConcurrentHashMap<>();
    private final Set<UUID> happened = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Checkpoint nextTopUp;

    /** Plans where work on this payment dies. */
    void plan(UUID payment, Checkpoint point) {
        planned.put(payment, point);
    }

    /** Plans where work dies on the top-up that is ordered next; nobody knows its id yet. */
    void planNextTopUp(Checkpoint point) {
        nextTopUp = point;
    }

    boolean happened(UUID payment) {
        return happened.contains(payment);
    }

    @Override
    public void accept(Checkpoint point, UUID payment) {
        if (point == Checkpoint.PAYMENT_STORED) {
            planned.putIfAbsent(payment, java.util.Objects.requireNonNull(nextTopUp));
        }
        if (plannedFor(payment) == point && happened.add(payment)) {
            throw new IllegalStateException("dies at " + point);
        }
    }

    /** Others may work on a new top-up before its order has come to an end. */
    private Checkpoint plannedFor(UUID payment) {
        for (int i = 0; i < PATIENCE_MILLIS; i++) {
            var point = planned.get(payment);
            if (point != null) {
                return point;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new AssertionError("nothing is planned for " + payment);
    }
}
