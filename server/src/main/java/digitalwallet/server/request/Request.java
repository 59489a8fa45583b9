package digitalwallet.server.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One command as it is asked for.
 *
 * @param fields everything else it says
 * @param key the caller's idempotency key for it, or null
 */
public record Request(Verb verb, Map<String, Json.Value> fields, @Nullable String key) {

    /**
     * A command whose own fields say what it does and what its key is, as in a batch or a message.
     * Takes these two from them.
     *
     * @throws ProblemException when there is no such verb, or the key is not valid
     */
    public static Request of(Map<String, Json.Value> fields) {
        var verb = takeVerb(fields);
        return new Request(verb, fields, CommandFields.takeKey(fields));
    }

    private static Verb takeVerb(Map<String, Json.Value> fields) {
        var word = new CommandFields(fields).optionalWord(Field.TYPE);
        if (word == null) {
            throw ProblemException.ofField(
                    ProblemCode.MISSING_FIELD, "type", "type is missing: send it");
        }
        fields.remove(Field.TYPE.word());
        return Verb.find(word).orElseThrow(Request::unknownVerb);
    }

    private static ProblemException unknownVerb() {
        var words =
                Arrays.stream(Verb.values())
                        .map(Verb::word)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return ProblemException.ofField(
                ProblemCode.INVALID_FIELD,
                "type",
                "type is no word that is known: send one of " + words);
    }

    /**
     * Makes sure that it has a key if it moves money.
     *
     * @throws ProblemException when it has none and moves money
     */
    public void requireKey() {
        if (key == null && verb.movesMoney()) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "the idempotency key is missing: send one as Idempotency-Key: …");
        }
    }
}
