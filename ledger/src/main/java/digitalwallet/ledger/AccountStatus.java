package digitalwallet.ledger;

/** Whether money may leave or enter an account. The numbers are stored and hashed. */
public enum AccountStatus {
    OPEN(1, "open"),
    /** Neither debits nor credits. */
    FROZEN(2, "frozen"),
    DEBITS_FROZEN(3, "debits_frozen"),
    CREDITS_FROZEN(4, "credits_frozen"),
    /** For ever. */
    CLOSED(5, "closed");

    private final int number;
    private final String word;

    AccountStatus(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** The number stored in the books. */
    public int number() {
        return number;
    }

    /** The word used in JSON. */
    public String word() {
        return word;
    }

    /** Whether money may leave. */
    public boolean allowsDebits() {
        return this == OPEN || this == CREDITS_FROZEN;
    }

    /** Whether money may enter. */
    public boolean allowsCredits() {
        return this == OPEN || this == DEBITS_FROZEN;
    }

    /** Whether any kind of freeze is in force. */
    public boolean isFrozen() {
        return this == FROZEN || this == DEBITS_FROZEN || this == CREDITS_FROZEN;
    }

    /**
     * The status with this stored number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static AccountStatus of(int number) {
        for (var status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalArgumentException("no account status " + number);
    }
}
