package digitalwallet.gate.token;

import java.util.Locale;

/** What a caller is, from the claim {@code roles} of their token. */
public enum Role {
    /** Somebody with a wallet, through their own app. */
    USER,
    /** A back-end service. */
    SYSTEM,
    /** An employee who helps users. */
    SUPPORT,
    /** Somebody who reads everything and changes nothing. */
    AUDITOR,
    /** Somebody who runs the wallet. */
    ADMIN;

    /** The word used in tokens and in the books. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
