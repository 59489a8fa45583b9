package digitalwallet.ledger.check;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.money.CurrencyCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The ids of the lanes' system accounts, derived once. */
final class SystemAccounts {

    private record Key(AccountKind kind, String currency, int lane) {}

    private final Map<Key, UUID> ids = new HashMap<>();
    private final Set<UUID> known = new HashSet<>();

    /**
     * The id of a lane's account.
     *
     * @throws IllegalArgumentException when there is no such currency
     */
    UUID id(AccountKind kind, String currency, int lane) {
        return ids.computeIfAbsent(
                new Key(kind, currency, lane),
                key -> {
                    var id = AccountName.system(kind, CurrencyCode.of(currency), lane).id();
                    known.add(id);
                    return id;
                });
    }

    /** Whether this is one of those asked for so far. */
    boolean isOne(UUID id) {
        return known.contains(id);
    }
}
