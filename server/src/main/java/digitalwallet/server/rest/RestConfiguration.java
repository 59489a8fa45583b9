package digitalwallet.server.rest;

import digitalwallet.gate.Documentation;
import digitalwallet.gate.GateConfiguration;
import digitalwallet.gate.PassingFaults;
import digitalwallet.gate.Readiness;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.HistoryReader;
import digitalwallet.ledger.reading.Horizon;
import digitalwallet.ledger.reading.OutcomeReader;
import digitalwallet.ledger.reading.TransactionReader;
import digitalwallet.ledger.reading.WalletReader;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.server.command.BatchPosting;
import digitalwallet.server.command.OutcomeMetrics;
import digitalwallet.server.command.Patience;
import digitalwallet.server.command.Posting;
import digitalwallet.server.command.Queueing;
import digitalwallet.server.queue.QueueUnavailableException;
import digitalwallet.server.request.BatchReader;
import digitalwallet.server.request.CommandReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Lists the resources behind the gate. */
@Configuration(proxyBeanMethods = false)
@Import({
    GateConfiguration.class,
    MoneyController.class,
    BatchController.class,
    WalletController.class,
    WalletStatusController.class,
    HistoryController.class,
    TransactionController.class,
    ConsistencyController.class,
    BenchController.class
})
public final class RestConfiguration {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /** Made by the framework only. */
    RestConfiguration() {}

    @Bean
    PassingFaults passingFaults() {
        return new PassingFaults(
                fault ->
                        fault instanceof EngineUnavailableException
                                || fault instanceof QueueUnavailableException,
                "the wallet cannot take this now; nothing was done: try again after Retry-After");
    }

    @Bean
    Documentation documentation() {
        return new Documentation("/openapi.yaml", "Digital Wallet System");
    }

    @Bean
    Readiness readiness(PostingEngine engine, DatabaseClock clock, StandingStill standing) {
        return new Readiness(
                () -> {
                    if (engine.servingLanes() == 0) {
                        throw new ProblemException(
                                ProblemCode.UNAVAILABLE,
                                "no lane serves: try again after Retry-After");
                    }
                },
                () -> {
                    var reason = clock.fault();
                    return reason == null ? standing.reason().get() : reason;
                });
    }

    @Bean
    BatchReader batchReader(CommandReader reader, RestSettings settings) {
        return new BatchReader(reader, settings.idempotencyRequired());
    }

    @Bean
    Queueing queueing(QueueAccess queue, DataSource dataSource) {
        return new Queueing(queue.commands(), new OutcomeReader(dataSource));
    }

    @Bean
    OutcomeMetrics outcomeMetrics(MeterRegistry registry) {
        return new OutcomeMetrics(registry);
    }

    @Bean
    Patience patience() {
        return new Patience(WAIT_MAX);
    }

    @Bean
    Posting posting(
            PostingEngine engine,
            CommandReader reader,
            RestSettings settings,
            OutcomeMetrics metrics,
            Patience patience,
            Queueing queueing) {
        return new Posting(
                engine, reader, settings.idempotencyRequired(), metrics, patience, queueing);
    }

    @Bean
    BatchPosting batchPosting(
            PostingEngine engine,
            BatchReader batches,
            Queueing queueing,
            OutcomeMetrics metrics,
            Patience patience) {
        return new BatchPosting(engine, batches, queueing, metrics, patience);
    }

    @Bean
    OverPast overPast(DataSource dataSource, DatabaseClock clock, MeterRegistry registry) {
        return new OverPast(new Horizon(dataSource), clock, registry);
    }

    @Bean
    WalletReader walletReader(DataSource dataSource) {
        return new WalletReader(dataSource);
    }

    @Bean
    HistoryReader historyReader(DataSource dataSource) {
        return new HistoryReader(dataSource);
    }

    @Bean
    TransactionReader transactionReader(DataSource dataSource) {
        return new TransactionReader(dataSource);
    }
}
