package digitalwallet.server.rest;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.TransactionType;
import org.jspecify.annotations.Nullable;

/** The parameter {@code type} of lists of transactions. */
final class TypeParameter {

    private TypeParameter() {}

    /**
     * The type, or null when it is not given.
     *
     * @throws ProblemException when there is no such type
     */
    static @Nullable TransactionType read(Parameters parameters) {
        return parameters.read("type", TypeParameter::type);
    }

    private static TransactionType type(String word) {
        return TransactionType.find(word)
                .orElseThrow(
                        () ->
                                ProblemException.ofField(
                                        ProblemCode.INVALID_PARAMETER,
                                        "type",
                                        "type is one of " + TransactionType.words()));
    }
}
