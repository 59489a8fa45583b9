package digitalwallet.proof;

import digitalwallet.local.postgres.LocalPostgres;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What wallets hold, and what they should hold by what the bank has moved. */
final class Holdings {

    private final Stores stores;

    Holdings(Stores stores) {
        this.stores = stores;
    }

    /** By how much wallets differ from what the bank has moved; the others are not in it. */
    Map<String, BigDecimal> differences() {
        var found = new TreeMap<String, BigDecimal>();
        var held = held();
        truth().forEach(
                        (user, amount) -> {
                            var difference =
                                    held.getOrDefault(user, BigDecimal.ZERO).subtract(amount);
                            if (difference.signum() != 0) {
                                found.put(user, difference);
                            }
                        });
        return found;
    }

    /** What each user should hold, by what the bank has moved. */
    private Map<String, BigDecimal> truth() {
        var truth = new TreeMap<String, BigDecimal>();
        RestoredOrders.all()
                .forEach(
                        order ->
                                truth.put(
                                        order.user(),
                                        order.isTopUp()
                                                ? BigDecimal.ZERO
                                                : RestoredOrders.BEGINNING));
        var moved =
                stores.query(
                        Stores.PAYMENTS,
                        """
                        SELECT user_id || ' ' || (CASE kind WHEN 'CHARGE' THEN 1 ELSE -1 END * amount)
                        FROM payments.sandbox_movement WHERE kind = 'REFUND'
                        OR script NOT LIKE '%decline%'
                        """);
        for (var line : moved) {
            var words = line.split(" ", 2);
            truth.merge(words[0], new BigDecimal(words[1]).movePointLeft(2), BigDecimal::add);
        }
        return truth;
    }

    /** What each wallet holds. */
    Map<String, BigDecimal> held() {
        var held = new HashMap<String, BigDecimal>();
        var rows =
                stores.query(
                        LocalPostgres.DATABASE,
                        """
                        SELECT a.owner || ' ' || (SELECT e.balance_after FROM entry e
                          WHERE e.account_id = a.id ORDER BY e.version DESC LIMIT 1)
                        FROM account a WHERE a.kind = 2
                        """);
        for (var row : rows) {
            if (row != null) {
                var words = row.split(" ", 2);
                held.merge(words[0], new BigDecimal(words[1]).movePointLeft(2), BigDecimal::add);
            }
        }
        return held;
    }
}
