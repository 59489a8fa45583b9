package digitalwallet.server.rest;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.TransactionType;
import java.util.Set;

/** The parameter {@code type} of lists of transactions. */
final class TypeParameter {

    private TypeParameter() {}

    /**
     * The types that are meant, none when the parameter is not given. A withdrawal that is paid out
     * by a provider is a payout in the books, and for a caller a withdrawal still.
     *
     * @throws ProblemException when there is no such type
     */
    static Set<TransactionType> read(Parameters parameters) {
        var type = parameters.read("type", TypeParameter::type);
        if (type == null) {
            return Set.of();
        }
        return type == TransactionType.WITHDRAW
                ? Set.of(TransactionType.WITHDRAW, TransactionType.PAYOUT)
                : Set.of(type);
    }

    private static TransactionType type(String word) {
        return TransactionType.find(word)
                .orElseThrow(
                        () ->
                                ProblemException.ofField(
                                        ProblemCode.INVALID_PARAMETER,
                                        "type",
                                        "type is no word that is known: send one of "
                                                + TransactionType.words()));
    }
}
