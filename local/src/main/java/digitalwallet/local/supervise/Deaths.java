package digitalwallet.local.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts deaths within a sliding minute. */
final class Deaths {

    private static final int DEATHS_MAX = 5;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final Deque<Long> times = new ArrayDeque<>();

    /**
     * Notes one more death.
     *
     * @param nanoTime of {@link System#nanoTime()}, never less than the last one
     * @return whether that is one death too many
     */
    boolean add(long nanoTime) {
        times.addLast(nanoTime);
        while (nanoTime - times.getFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
        return times.size() >= DEATHS_MAX;
    }
}
