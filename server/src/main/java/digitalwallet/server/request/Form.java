package digitalwallet.server.request;

import static digitalwallet.server.request.Field.AMOUNT;
import static digitalwallet.server.request.Field.ATOMIC;
import static digitalwallet.server.request.Field.BANK_TRANSACTION_ID;
import static digitalwallet.server.request.Field.COMMANDS;
import static digitalwallet.server.request.Field.CURRENCY;
import static digitalwallet.server.request.Field.DESCRIPTION;
import static digitalwallet.server.request.Field.FROM_USER_ID;
import static digitalwallet.server.request.Field.INITIATED_BY;
import static digitalwallet.server.request.Field.METADATA;
import static digitalwallet.server.request.Field.ORDER_ID;
import static digitalwallet.server.request.Field.PARTIAL;
import static digitalwallet.server.request.Field.PAYOUT;
import static digitalwallet.server.request.Field.REASON;
import static digitalwallet.server.request.Field.RELATED_ORDER_ID;
import static digitalwallet.server.request.Field.RELATED_TRANSACTION_ID;
import static digitalwallet.server.request.Field.SCOPE;
import static digitalwallet.server.request.Field.SWEEP_TO;
import static digitalwallet.server.request.Field.TO_USER_ID;
import static digitalwallet.server.request.Field.USER_ID;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which fields each request body has. What is not listed is refused, so that nothing misspelt
 * passes.
 */
@SuppressWarnings(
        "ImmutableEnumChecker") // the collections are immutable, their types cannot say so
public enum Form {
    DEPOSIT(List.of(USER_ID, AMOUNT, INITIATED_BY), List.of(BANK_TRANSACTION_ID, CURRENCY)),
    WITHDRAW(
            List.of(USER_ID, AMOUNT, INITIATED_BY), List.of(BANK_TRANSACTION_ID, CURRENCY, PAYOUT)),
    PURCHASE(
            List.of(USER_ID, AMOUNT, INITIATED_BY),
            List.of(BANK_TRANSACTION_ID, ORDER_ID, CURRENCY)),
    REFUND(
            List.of(USER_ID, AMOUNT, INITIATED_BY),
            List.of(BANK_TRANSACTION_ID, RELATED_ORDER_ID, RELATED_TRANSACTION_ID, CURRENCY)),
    TRANSFER(List.of(FROM_USER_ID, TO_USER_ID, AMOUNT, INITIATED_BY), List.of(CURRENCY)),
    OPEN(List.of(USER_ID), List.of(CURRENCY, INITIATED_BY)),
    FREEZE(List.of(USER_ID), List.of(SCOPE, INITIATED_BY)),
    UNFREEZE(List.of(USER_ID), List.of(INITIATED_BY)),
    CLOSE(List.of(USER_ID), List.of(SWEEP_TO, INITIATED_BY)),
    REOPEN(List.of(USER_ID), List.of(INITIATED_BY)),
    BATCH(List.of(COMMANDS), List.of(ATOMIC, PARTIAL));

    private final List<Field> required;
    private final List<Field> optional;
    private final Set<String> names;

    Form(List<Field> required, List<Field> optional) {
        this.required = required;
        var others = new ArrayList<>(optional);
        if (!required.contains(COMMANDS)) {
            others.addAll(List.of(DESCRIPTION, REASON, METADATA));
        }
        this.optional = List.copyOf(others);
        this.names =
                Stream.concat(required.stream(), others.stream())
                        .map(Field::word)
                        .collect(Collectors.toUnmodifiableSet());
    }

    public List<Field> required() {
        return required;
    }

    public List<Field> optional() {
        return optional;
    }

    /**
     * Makes sure that the fields are those of this form.
     *
     * @throws ProblemException when there is another, or one is missing
     */
    void check(Map<String, Json.Value> fields) {
        for (var name : fields.keySet()) {
            if (!names.contains(name)) {
                throw ProblemException.ofField(
                        ProblemCode.UNKNOWN_FIELD,
                        Json.shown(name),
                        Json.shown(name)
                                + " is no field here: check its spelling, or leave it out");
            }
        }
        for (var field : required) {
            var value = fields.get(field.word());
            if (value == null || value instanceof Json.Nothing) {
                throw ProblemException.ofField(
                        ProblemCode.MISSING_FIELD,
                        field.word(),
                        field.word() + " is missing: send it");
            }
        }
    }
}
