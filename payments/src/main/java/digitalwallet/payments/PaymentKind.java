package digitalwallet.payments;

/** Which way the money goes. */
public enum PaymentKind {
    /** From a provider into a wallet. */
    TOP_UP("top-up"),
    /** From a wallet out through a provider. */
    PAYOUT("payout");

    private final String word;

    PaymentKind(String word) {
        this.word = word;
    }

    /** The word in JSON and in the database. */
    public String word() {
        return word;
    }

    /**
     * The kind with this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PaymentKind of(String word) {
        for (var kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of payment: " + word);
    }
}
