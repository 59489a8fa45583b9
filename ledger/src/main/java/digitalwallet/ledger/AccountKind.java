package digitalwallet.ledger;

/** What an account is for. The numbers are stored and hashed: never renumber. */
public enum AccountKind {
    /** One per user, without a currency: serialises what concerns the user as a whole. */
    ANCHOR(1),
    /** A user's money in one currency. */
    WALLET(2),
    /** The outside world: where deposits come from and withdrawals go to. */
    BANK(3),
    /** The shop: where purchases go to and refunds come from. */
    SALES(4),
    /** Money under way: what payouts took from wallets and the bank has not got yet. */
    PAYOUTS(5);

    private final int number;

    AccountKind(int number) {
        this.number = number;
    }

    /** The number stored in the books. */
    public int number() {
        return number;
    }

    /**
     * The kind with this stored number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static AccountKind of(int number) {
        for (var kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no account kind " + number);
    }
}
