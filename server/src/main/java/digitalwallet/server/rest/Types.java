package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words for what a command does. */
final class Types {

    private static final Map<String, TransactionType> BY_WORD =
            Arrays.stream(TransactionType.values())
                    .collect(Collectors.toMap(TransactionType::word, Function.identity()));

    private Types() {}

    /**
     * The type with this word.
     *
     * @param code of the problem when there is none
     * @throws ProblemException when there is none
     */
    static TransactionType find(String word, ProblemCode code) {
        var type = BY_WORD.get(word);
        if (type == null) {
            var words = BY_WORD.keySet().stream().sorted().toList();
            throw ProblemException.ofField(
                    code, "type", "type is one of " + String.join(", ", words));
        }
        return type;
    }
}
