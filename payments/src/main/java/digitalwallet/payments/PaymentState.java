package digitalwallet.payments;

import java.util.Locale;

/** How far a payment is. */
public enum PaymentState {
    /** The provider has not given its final word. */
    PENDING,
    /** The provider has moved the money; the wallet has not said that it posted it. */
    SUCCEEDED,
    /**
     * The provider's final no. For a payout, the wallet has not yet said that it took the money
     * back.
     */
    FAILED,
    /** The wallet has posted it. */
    SETTLED,
    /** The wallet refused a top-up that was paid: the provider is to pay it back. */
    REFUNDING,
    /** The provider has paid it back. */
    REFUNDED,
    /** The money of a payout is back in the wallet. */
    RETURNED;

    /** The word in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state with this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PaymentState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a payment of this kind has found its end; a failed top-up may still be paid late. */
    public boolean isEnd(PaymentKind kind) {
        return switch (this) {
            case SETTLED, REFUNDED, RETURNED -> true;
            case FAILED -> kind == PaymentKind.TOP_UP;
            case PENDING, SUCCEEDED, REFUNDING -> false;
        };
    }
}
