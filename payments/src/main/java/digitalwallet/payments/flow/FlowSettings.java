package digitalwallet.payments.flow;

import java.time.Duration;

/**
 * How patient the service is.
 *
 * @param requeryFirst when a provider that has not decided is asked again; doubled each time
 * @param requeryMax the longest time between two questions
 * @param callLease how long a call to a provider may take before another instance goes on with it
 * @param callsMax how many calls run at once
 * @param alertAfter how long a payment may be on its way before somebody is told
 */
public record FlowSettings(
        Duration requeryFirst,
        Duration requeryMax,
        Duration callLease,
        int callsMax,
        Duration alertAfter) {

    private static final int DOUBLINGS_MAX = 20;

    /** How long to wait after this number of questions. */
    Duration backoff(int attempts) {
        int doublings = Math.clamp(attempts - 1L, 0, DOUBLINGS_MAX);
        var wait = requeryFirst.multipliedBy(1L << doublings);
        return wait.compareTo(requeryMax) > 0 ? requeryMax : wait;
    }
}
