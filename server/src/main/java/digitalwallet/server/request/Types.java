package digitalwallet.server.request;

import digitalwallet.json.Json;
import digitalwallet.ledger.TransactionType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The words for what a command does. */
public final class Types {

    /** What payouts become is told by the payments service, and asked for by nobody. */
    private static final Set<TransactionType> NO_COMMANDS =
            Set.of(TransactionType.PAYOUT, TransactionType.SETTLEMENT, TransactionType.REVERSAL);

    private static final Map<String, TransactionType> BY_WORD =
            Arrays.stream(TransactionType.values())
                    .collect(Collectors.toMap(TransactionType::word, Function.identity()));

    private Types() {}

    /**
     * Takes the type from a command's fields.
     *
     * @throws ProblemException when there is none
     */
    public static TransactionType take(Map<String, Json.Value> fields) {
        var word = new Fields(fields).optionalWord(Field.TYPE);
        if (word == null) {
            throw ProblemException.ofField(ProblemCode.MISSING_FIELD, "type", "type is missing");
        }
        fields.remove(Field.TYPE.word());
        var type = BY_WORD.get(word);
        if (type == null || NO_COMMANDS.contains(type)) {
            throw unknown(ProblemCode.INVALID_FIELD, known -> !NO_COMMANDS.contains(known));
        }
        return type;
    }

    /**
     * Makes sure that a command of this type may come without a key where keys are required.
     *
     * @throws ProblemException when it may not
     */
    public static void requireNoMoney(TransactionType type) {
        if (isMoneyVerb(type)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "send an idempotency key: Idempotency-Key: …");
        }
    }

    private static boolean isMoneyVerb(TransactionType type) {
        return switch (type) {
            case DEPOSIT, WITHDRAW, PURCHASE, REFUND, TRANSFER, PAYOUT, SETTLEMENT, REVERSAL ->
                    true;
            case OPEN, FREEZE, UNFREEZE, CLOSE -> false;
        };
    }

    /**
     * The word by which a command of this type is asked for: a withdrawal becomes a payout by where
     * it goes.
     */
    public static String verb(TransactionType type) {
        return type == TransactionType.PAYOUT ? TransactionType.WITHDRAW.word() : type.word();
    }

    /**
     * The type of transactions with this word.
     *
     * @param code of the problem when there is none
     * @throws ProblemException when there is none
     */
    public static TransactionType find(String word, ProblemCode code) {
        var type = BY_WORD.get(word);
        if (type == null) {
            throw unknown(code, _ -> true);
        }
        return type;
    }

    private static ProblemException unknown(
            ProblemCode code, Predicate<TransactionType> acceptable) {
        var words =
                BY_WORD.entrySet().stream()
                        .filter(entry -> acceptable.test(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        return ProblemException.ofField(code, "type", "type is one of " + String.join(", ", words));
    }
}
