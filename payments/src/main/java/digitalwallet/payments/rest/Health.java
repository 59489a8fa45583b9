package digitalwallet.payments.rest;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.payments.queue.BrokerWatch;
import digitalwallet.payments.store.Database;

/** Tells whether everything that the service needs is there. */
public record Health(Database database, BrokerWatch broker) {

    /**
     * Refuses work that could not be finished.
     *
     * @throws RuntimeException which is answered with 503
     */
    void requireAll() {
        if (!broker.answers()) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "Kafka does not answer; nothing was done: try again after Retry-After");
        }
        database.ping();
    }
}
