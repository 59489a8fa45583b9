package digitalwallet.server.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Fields;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.json.Json;
import digitalwallet.ledger.PayoutTarget;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one command, read as what they are meant to be. */
public final class CommandFields {

    private static final int TEXT_LENGTH_MAX = 256;
    private static final int LABELS_MAX = 20;

    private final Fields fields;

    CommandFields(Map<String, Json.Value> values) {
        fields = Fields.ofSome(values);
    }

    /**
     * A required identifier.
     *
     * @throws ProblemException when it is none
     */
    String identifier(Field field) {
        return fields.identifier(field.word());
    }

    @Nullable String optionalIdentifier(Field field) {
        return fields.optionalIdentifier(field.word());
    }

    @Nullable UUID optionalUuid(Field field) {
        return switch (value(field)) {
            case null -> null;
            case Json.Text(var text) -> Identifiers.uuid(field.word(), text);
            case Json.Numeral _, Json.Flag _, Json.Nothing _, Json.Items _, Json.Members _ ->
                    Identifiers.uuid(field.word(), "");
        };
    }

    CurrencyCode currency(CurrencyCode usual) {
        return switch (value(Field.CURRENCY)) {
            case null -> usual;
            case Json.Text(var code) -> Currencies.of(code);
            case Json.Numeral _, Json.Flag _, Json.Nothing _, Json.Items _, Json.Members _ ->
                    Currencies.of("");
        };
    }

    Money amount(CurrencyCode currency) {
        var literal = fields.literal(Field.AMOUNT.word());
        try {
            return Money.parse(literal, currency);
        } catch (InvalidAmountException e) {
            var code = ProblemCode.ofAmount(e.code());
            throw ProblemException.ofField(code, "amount", String.valueOf(e.getMessage()));
        }
    }

    @Nullable String optionalText(Field field) {
        return switch (value(field)) {
            case null -> null;
            case Json.Text(var text) when isText(text) -> text;
            case Json.Text _,
                    Json.Numeral _,
                    Json.Flag _,
                    Json.Nothing _,
                    Json.Items _,
                    Json.Members _ ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_TEXT,
                            field.word(),
                            field.word()
                                    + " is too long or no text: send at most "
                                    + TEXT_LENGTH_MAX
                                    + " characters");
        };
    }

    /** A word, or null; anything but a string is the empty word. */
    @Nullable String optionalWord(Field field) {
        return fields.optionalWord(field.word());
    }

    SortedMap<String, String> metadata() {
        return switch (value(Field.METADATA)) {
            case null -> new TreeMap<>();
            case Json.Members(var members) when members.size() <= LABELS_MAX -> labels(members);
            case Json.Members _,
                    Json.Text _,
                    Json.Numeral _,
                    Json.Flag _,
                    Json.Nothing _,
                    Json.Items _ ->
                    throw invalidMetadata();
        };
    }

    private static SortedMap<String, String> labels(Map<String, Json.Value> members) {
        var labels = new TreeMap<String, String>();
        members.forEach(
                (name, value) -> {
                    if (name.isEmpty()
                            || !isText(name)
                            || !(value instanceof Json.Text(var text))
                            || !isText(text)) {
                        throw invalidMetadata();
                    }
                    labels.put(name, text);
                });
        return labels;
    }

    /**
     * Where a payout goes, or null.
     *
     * @param methods what its method may be
     */
    @Nullable PayoutTarget payout(Pattern methods) {
        requireNotNull(Field.PAYOUT);
        return switch (value(Field.PAYOUT)) {
            case null -> null;
            case Json.Members(var members) -> PayoutFields.read(members, methods);
            case Json.Text _, Json.Numeral _, Json.Flag _, Json.Nothing _, Json.Items _ ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_FIELD,
                            "payout",
                            "payout is no object: send one with method and destination");
        };
    }

    /**
     * Makes sure that a field without which the command means something else is left out where it
     * is not meant, instead of being null.
     *
     * @throws ProblemException when it is null
     */
    void requireNotNull(Field field) {
        if (fields.isNull(field.word())) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_FIELD,
                    field.word(),
                    field.word() + " is null: leave it out if it is not meant");
        }
    }

    private static ProblemException invalidMetadata() {
        return ProblemException.ofField(
                WalletProblem.INVALID_METADATA,
                "metadata",
                "metadata has other things than short texts: send at most %d, each of at most %d characters"
                        .formatted(LABELS_MAX, TEXT_LENGTH_MAX));
    }

    /**
     * Whether a text has whole characters only: half a surrogate pair could not be stored as it is.
     */
    static boolean isText(String text) {
        return text.codePointCount(0, text.length()) <= TEXT_LENGTH_MAX
                && text.codePoints()
                        .noneMatch(
                                c ->
                                        (c < ' ' && c != '\n' && c != '\t')
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE));
    }

    /**
     * Takes a command's own key from its fields; null when it has none.
     *
     * @throws ProblemException when it is not 1 to 255 printable ASCII characters
     */
    public static @Nullable String takeKey(Map<String, Json.Value> fields) {
        var key = new CommandFields(fields).optionalWord(Field.IDEMPOTENCY_KEY);
        fields.remove(Field.IDEMPOTENCY_KEY.word());
        return key == null ? null : Identifiers.key(key);
    }

    private Json.@Nullable Value value(Field field) {
        return fields.value(field.word());
    }
}
