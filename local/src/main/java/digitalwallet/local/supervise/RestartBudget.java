package digitalwallet.local.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How often a child may die: five times within a sliding minute are one too many. The first start
 * is at once; after each further death it waits twice as long, so that what made it die may pass.
 */
final class RestartBudget {

    private static final int DEATHS_MAX = 5;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration SECOND_PAUSE = Duration.ofSeconds(1);

    private final Deque<Long> deaths = new ArrayDeque<>();

    /**
     * Notes one more death.
     *
     * @param nanoTime of {@link System#nanoTime()}, never less than the last one
     * @return how long to wait before the next start; empty when there shall be none
     */
    Optional<Duration> died(long nanoTime) {
        deaths.addLast(nanoTime);
        while (nanoTime - deaths.getFirst() >= WINDOW_NANOS) {
            deaths.removeFirst();
        }
        return switch (deaths.size()) {
            case DEATHS_MAX -> Optional.empty();
            case 1 -> Optional.of(Duration.ZERO);
            default -> Optional.of(SECOND_PAUSE.multipliedBy(1L << (deaths.size() - 2)));
        };
    }
}
