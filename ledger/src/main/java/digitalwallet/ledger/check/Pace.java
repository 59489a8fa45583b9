package digitalwallet.ledger.check;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How fast a check of what is new goes. At full speed it takes a processor away from the commands
 * that run beside it, and they wait ten times as long. Nobody waits for a check that runs by
 * itself, so it goes slowly.
 */
public final class Pace {

    // A paused check keeps old rows from being vacuumed away: not for long when there is little.
    private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long start = System.nanoTime();
    private final long budgetNanos;
    private final BooleanSupplier isAwaited;

    private Pace(long budgetNanos, BooleanSupplier isAwaited) {
        this.budgetNanos = budgetNanos;
        this.isAwaited = isAwaited;
    }

    /** Full speed. */
    public static Pace atOnce() {
        return new Pace(0, () -> true);
    }

    /**
     * Evenly spread over this time from now on, or less when there is little to do; full speed when
     * that does not suffice, and as soon as somebody waits.
     */
    public static Pace over(Duration budget, BooleanSupplier isAwaited) {
        return new Pace(budget.toNanos(), isAwaited);
    }

    /**
     * Pauses if this part was done too soon.
     *
     * @throws CheckFailedException when the thread is interrupted
     */
    void pause(int done, int of) {
        if (done == of) {
            return;
        }
        long now = System.nanoTime();
        long end = Math.min(start + budgetNanos / of * done, now + PAUSE_NANOS_MAX);
        try {
            while (now < end && !isAwaited.getAsBoolean()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_NANOS, end - now));
                now = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckFailedException("the check was interrupted", e);
        }
    }
}
