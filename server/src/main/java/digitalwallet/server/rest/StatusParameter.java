package digitalwallet.server.rest;

import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.reading.TransactionPage.Status;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameter {@code status} of lists of transactions. */
final class StatusParameter {

    private StatusParameter() {}

    /**
     * The status, or null when it is not given.
     *
     * @throws digitalwallet.gate.problem.ProblemException when there is no such status
     */
    static @Nullable Status read(Parameters parameters) {
        var word = parameters.word("status", Set.of("posted", "rejected"));
        return word == null ? null : Status.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
