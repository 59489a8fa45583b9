package digitalwallet.server.request;

import java.util.Locale;

/** The fields of commands and batches; what each means is said by the API document. */
public enum Field {
    TYPE,
    USER_ID,
    FROM_USER_ID,
    TO_USER_ID,
    AMOUNT,
    CURRENCY,
    BANK_TRANSACTION_ID,
    ORDER_ID,
    RELATED_ORDER_ID,
    RELATED_TRANSACTION_ID,
    INITIATED_BY,
    SCOPE,
    SWEEP_TO,
    DESCRIPTION,
    PAYOUT,
    REASON,
    METADATA,
    IDEMPOTENCY_KEY,
    ATOMIC,
    PARTIAL,
    COMMANDS;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in JSON. */
    public String word() {
        return word;
    }
}
