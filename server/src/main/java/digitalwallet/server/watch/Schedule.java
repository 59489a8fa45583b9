package digitalwallet.server.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things regularly, one after the other on one thread. Every instance does them: each has
 * gauges of its own to fill, and none of them does harm when it is done twice.
 */
public final class Schedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private final ScheduledExecutorService executor;
    private final InstantSource clock;

    /** A schedule with nothing in it, whose thread has this name. */
    public Schedule(String name, InstantSource clock) {
        executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(name).daemon().factory());
        this.clock = clock;
    }

    /** Does this now and then again and again. */
    public Schedule every(Duration interval, String what, Runnable task) {
        var _ =
                executor.scheduleWithFixedDelay(
                        () -> run(what, task),
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
        return this;
    }

    /** Does this every day at this time, UTC. */
    public Schedule daily(LocalTime at, String what, Runnable task) {
        dailyAfter(clock.instant(), at, what, task);
        return this;
    }

    private void dailyAfter(Instant after, LocalTime at, String what, Runnable task) {
        var due = after.plus(untilNext(at, after));
        var _ =
                executor.schedule(
                        () -> {
                            run(what, task);
                            // A timer may run a little before the clock says so; today's task is
                            // done anyway.
                            var now = clock.instant();
                            dailyAfter(now.isAfter(due) ? now : due, at, what, task);
                        },
                        Duration.between(clock.instant(), due).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /**
     * The time until the next run: never zero, so that a task that runs exactly on time is next due
     * tomorrow.
     */
    static Duration untilNext(LocalTime at, Instant now) {
        var today = now.atOffset(ZoneOffset.UTC);
        var next = today.with(at);
        return Duration.between(today, next.isAfter(today) ? next : next.plusDays(1));
    }

    /** Ends what runs and starts nothing more. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void run(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (executor.isShutdown()) {
                LOG.info("{} was ended", what);
                return;
            }
            LOG.warn("{} failed and will be tried again: {}", what, e.getMessage());
        }
    }
}
