package digitalwallet.server.rest;

import digitalwallet.gate.problem.ProblemException;
import digitalwallet.ledger.reading.Horizon;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.server.request.WalletProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers about the past are given once it is over: then they stay as they are. */
final class OverPast {

    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Horizon horizon;
    private final DatabaseClock clock;
    private final Counter refused;

    OverPast(Horizon horizon, DatabaseClock clock, MeterRegistry registry) {
        this.horizon = horizon;
        this.clock = clock;
        refused =
                Counter.builder("wallet_past_not_over")
                        .description("Requests for a past that was not over in time")
                        .register(registry);
    }

    /** Whether nothing can be added to this time any more, as far as was seen before. */
    boolean isOver(Instant time) {
        return horizon.isBehind(time);
    }

    /**
     * Waits a moment until this time is over. Of a time to come nothing is promised.
     *
     * @param end null for an answer as of now
     * @throws ProblemException when it takes too long
     */
    void untilOver(@Nullable Instant end) {
        if (end != null && !end.isAfter(clock.instant())) {
            await(end);
        }
    }

    /**
     * Waits a moment until this time is over, even if it is a little ahead.
     *
     * @throws ProblemException when it takes too long
     */
    void await(Instant time) {
        var reached = horizon.await(time, LONGEST);
        if (reached.isEmpty()) {
            refused.increment();
            throw new ProblemException(
                    WalletProblem.PAST_NOT_OVER,
                    "this instance cannot see what is being written now: try again after"
                            + " Retry-After");
        }
        var over = reached.get();
        if (over.isBefore(time)) {
            refused.increment();
            throw new ProblemException(
                    WalletProblem.PAST_NOT_OVER,
                    "something is still being written: ask for what was up to " + over,
                    Map.of("horizon", over.toString()));
        }
    }
}
