package digitalwallet.payments.rest;

import digitalwallet.gate.Documentation;
import digitalwallet.gate.GateConfiguration;
import digitalwallet.gate.PassingFaults;
import digitalwallet.gate.Readiness;
import digitalwallet.process.clock.DatabaseClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;

/** Lists the resources behind the gate. */
@Configuration(proxyBeanMethods = false)
@Import({
    GateConfiguration.class,
    TopUpController.class,
    PaymentController.class,
    ReconciliationController.class,
    WebhookController.class
})
public final class RestConfiguration {

    /** Made by the framework only. */
    RestConfiguration() {}

    @Bean
    Documentation documentation() {
        return new Documentation(
                "/openapi-payments.yaml", "Payments service of the Digital Wallet System");
    }

    @Bean
    Readiness readiness(Health health, DatabaseClock clock) {
        return new Readiness(health::requireAll, clock::fault);
    }

    @Bean
    PassingFaults passingFaults() {
        return new PassingFaults(
                fault ->
                        fault instanceof CannotGetJdbcConnectionException
                                || fault instanceof DataAccessResourceFailureException
                                || fault instanceof TransientDataAccessException
                                || fault instanceof TransactionException,
                "the database is away: send the same again with the same key");
    }
}
