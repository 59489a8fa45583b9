package digitalwallet.payments;

/** What a signal does to a payment. */
public sealed interface Step {

    /** The payment goes on to another state. */
    record Moves(PaymentState to, Effect effect) implements Step {}

    /** It was known already: a repeated or a late message. */
    record Stays() implements Step {}

    /** It contradicts what is known: nothing is done, and a person has to look into it. */
    record Contradicts() implements Step {}

    /** What is done together with a new state, in the same database transaction. */
    enum Effect {
        /** Nothing else. */
        NONE,
        /** The wallet is told to post a deposit, a settlement or a reversal. */
        TELL_WALLET,
        /** The provider is to be asked to pay back. */
        REFUND
    }
}
