package digitalwallet.payments.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does one round after another; a round that fails is tried again, more slowly. */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long FAILURE_PAUSE_MILLIS_MAX = 1_000;
    private static final long STOP_MILLIS_MAX = 5_000;

    private final String name;
    private final Round round;
    private final Duration pause;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private int failures;

    /** One round of work. */
    @FunctionalInterface
    public interface Round {
        /** Returns whether there is more to do at once. */
        boolean run();
    }

    private Loop(String name, Duration pause, Round round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /**
     * Starts.
     *
     * @param pause between rounds that found nothing to do
     */
    public static Loop start(String name, Duration pause, Round round) {
        var loop = new Loop(name, pause, round);
        loop.thread.start();
        return loop;
    }

    /** Ends the pause, if there is one. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Lets the running round end, but does not wait for long. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            if (!thread.join(Duration.ofMillis(STOP_MILLIS_MAX))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            if (!oneRound()) {
                await(failures == 0 ? pause.toMillis() : failurePause());
            }
        }
    }

    private boolean oneRound() {
        try {
            boolean more = round.run();
            failures = 0;
            return more;
        } catch (RuntimeException e) {
            failures++;
            if (!stopping) {
                LOG.warn("{} failed and is tried again: {}", name, e.getMessage(), e);
            }
            return false;
        }
    }

    private long failurePause() {
        return Math.min(FAILURE_PAUSE_MILLIS_MAX, 50L << Math.min(failures, 8));
    }

    private void await(long millis) {
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException _) {
            stopping = true;
        }
    }
}
