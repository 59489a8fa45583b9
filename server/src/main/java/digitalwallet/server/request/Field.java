package digitalwallet.server.request;

import java.util.Locale;

/** The fields of request bodies: what a reader of the API needs to know about each. */
public enum Field {
    TYPE(Kind.WORD, "What the command does."),
    USER_ID(Kind.IDENTIFIER, "Whose wallet."),
    FROM_USER_ID(Kind.IDENTIFIER, "Whose wallet pays."),
    TO_USER_ID(Kind.IDENTIFIER, "Whose wallet receives."),
    AMOUNT(Kind.AMOUNT, "In major units, exact: a string or a number, read from its literal text."),
    CURRENCY(Kind.CURRENCY, "ISO 4217; the configured currency when it is not given."),
    BANK_TRANSACTION_ID(
            Kind.IDENTIFIER,
            "The bank's id of the movement. A deposit with it is credited once, whoever sends it"
                    + " and for whomever."),
    ORDER_ID(Kind.IDENTIFIER, "The order that is paid."),
    RELATED_ORDER_ID(
            Kind.IDENTIFIER,
            "The order whose purchases are refunded, oldest first, and which cap the refund."),
    RELATED_TRANSACTION_ID(Kind.UUID, "The one purchase that is refunded and caps the refund."),
    INITIATED_BY(Kind.IDENTIFIER, "In whose name: a user, an employee, a service."),
    SCOPE(Kind.WORD, "What is frozen: all, debits or credits. All when it is not given."),
    DESCRIPTION(Kind.TEXT, "For people."),
    PAYOUT(
            Kind.PAYOUT,
            "Where the money goes, by way of the payments service. With it the withdrawal becomes"
                    + " a payout: under way until it is settled or comes back."),
    REASON(Kind.TEXT, "Why an employee does this; required of employees."),
    METADATA(Kind.LABELS, "The caller's own labels."),
    IDEMPOTENCY_KEY(Kind.KEY, "The command's own key, when no header covers the batch."),
    ATOMIC(Kind.FLAG, "Whether all are posted or none; false when it is not given."),
    COMMANDS(Kind.COMMANDS, "The commands, in order.");

    /** What values a field takes. */
    public enum Kind {
        IDENTIFIER,
        UUID,
        AMOUNT,
        CURRENCY,
        WORD,
        TEXT,
        LABELS,
        PAYOUT,
        KEY,
        FLAG,
        COMMANDS
    }

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Kind kind;
    private final String meaning;

    Field(Kind kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The name in JSON. */
    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }
}
