package digitalwallet.payments;

/** What is heard about a payment. */
public enum Signal {
    /** The provider has moved the money. */
    PROVIDER_SUCCEEDED,
    /** The provider's final no; a time-out is none. */
    PROVIDER_FAILED,
    /** The wallet has posted the deposit of a top-up, or the settlement of a payout. */
    WALLET_POSTED,
    /** The wallet has taken the money of a payout back. */
    WALLET_RETURNED,
    /** The wallet has refused it for good. */
    WALLET_REJECTED,
    /** The provider has paid a top-up back. */
    REFUND_SUCCEEDED
}
