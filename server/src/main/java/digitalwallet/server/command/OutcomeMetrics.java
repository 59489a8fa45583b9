package digitalwallet.server.command;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.TransactionType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times what becomes of commands, by type and code. */
public final class OutcomeMetrics {

    private record Kind(TransactionType type, String code) {}

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** Registers the counts and times in this registry. */
    public OutcomeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(TransactionType type, Outcome outcome, long nanos) {
        timers.computeIfAbsent(new Kind(type, outcome.code()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("wallet_outcomes")
                .description("Commands and how long they took, by type and what became of them")
                .tag("type", kind.type().word())
                .tag("code", kind.code())
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }
}
