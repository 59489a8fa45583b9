package digitalwallet.payments.provider;

/**
 * Somebody who moves money outside the wallet. An implementation throws nothing because of the
 * network: what it could not find out is {@link Answer.Unknown}.
 */
public interface Provider {

    /** Whether it can move money by this method. */
    boolean takes(String method);

    /** Asks for a movement. A key that was used already has no second effect. */
    Answer send(ProviderCall call);

    /** Asks what has become of a movement. */
    Answer query(String key);

    /** Whether a bank transaction id is one of this provider's references. */
    boolean isReference(String bankTransactionId);
}
