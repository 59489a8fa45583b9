package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The name of an account. Its id is derived from the name, so nothing has to be looked up or
 * allocated.
 *
 * @param owner the user id; empty for system accounts
 * @param currency null for an anchor only
 * @param stripe the lane a system account belongs to; 0 for users' accounts
 */
public record AccountName(
        UUID id, String owner, AccountKind kind, @Nullable CurrencyCode currency, int stripe) {

    /** The account that serialises what concerns this user as a whole. */
    public static AccountName anchor(String userId) {
        return of(userId, AccountKind.ANCHOR, null, 0);
    }

    /** The account with this user's money in one currency. */
    public static AccountName wallet(String userId, CurrencyCode currency) {
        return of(userId, AccountKind.WALLET, currency, 0);
    }

    /** A lane's stripe of a system account, so that lanes never meet there. */
    public static AccountName system(AccountKind kind, CurrencyCode currency, int lane) {
        return of("", kind, currency, lane);
    }

    /** Any account by its parts; the id is the first 128 bits of SHA-256 over them. */
    public static AccountName of(
            String owner, AccountKind kind, @Nullable CurrencyCode currency, int stripe) {
        var id =
                new Digest()
                        .text(owner)
                        .number(kind.number())
                        .text(currency == null ? null : currency.code())
                        .number(stripe)
                        .toId();
        return new AccountName(id, owner, kind, currency, stripe);
    }

    /**
     * The name whose parts the books store like this.
     *
     * @param kind the number of an {@link AccountKind}
     * @param currency a code of ISO 4217; null for an anchor only
     * @throws IllegalArgumentException when there is no such kind or currency
     */
    public static AccountName stored(
            String owner, int kind, @Nullable String currency, int stripe) {
        return of(
                owner,
                AccountKind.of(kind),
                currency == null ? null : CurrencyCode.of(currency),
                stripe);
    }
}
