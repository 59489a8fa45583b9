package digitalwallet.payments.provider;

import digitalwallet.money.Money;

/** What a provider says, or that it says nothing. */
public sealed interface Answer {

    /**
     * The money has moved.
     *
     * @param reference the provider's own, unique
     * @param amount the amount that has really moved
     */
    record Succeeded(String reference, Money amount) implements Answer {}

    /**
     * The final no: the money has not moved.
     *
     * @param failure a stable word, such as {@code declined}
     */
    record Failed(String failure) implements Answer {

        /**
         * A charge that was paid back since: the money is not here any more. A provider says it
         * instead of {@code Succeeded}, so that nobody is credited whose payment was lost.
         */
        public static final String PAID_BACK = "paid_back";
    }

    /** It is being worked on. */
    record Processing() implements Answer {}

    /** The provider has never heard of it. */
    record NotFound() implements Answer {}

    /**
     * No answer, or one that cannot be understood: the money may have moved or not.
     *
     * @param why for the log
     */
    record Unknown(String why) implements Answer {}

    /** One word for the records. */
    default String word() {
        return switch (this) {
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Processing _ -> "processing";
            case NotFound _ -> "not_found";
            case Unknown _ -> "unknown";
        };
    }
}
