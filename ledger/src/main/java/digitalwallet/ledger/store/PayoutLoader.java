package digitalwallet.ledger.store;

import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.money.CurrencyCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The payouts that a batch's settlements and reversals name, and what ended them. */
final class PayoutLoader {

    private static final String BY_ID =
            """
            SELECT t.id, t.user_id, t.currency, t.amount, e.transaction_id
            FROM transaction t LEFT JOIN payout_end e ON e.payout_id = t.id
            WHERE t.type = 10 AND t.rejection_code IS NULL AND t.id = ANY(?::uuid[])\
            """;

    private final Connection connection;
    private final Map<UUID, PayoutState> payouts = new HashMap<>();

    PayoutLoader(Connection connection) {
        this.connection = connection;
    }

    /** Loads what these plans refer to; returns how many round trips it took. */
    int load(List<UnitPlan> plans) throws SQLException {
        var ids = new LinkedHashSet<UUID>();
        plans.forEach(plan -> ids.addAll(plan.payouts()));
        if (ids.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(BY_ID)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var payout =
                            new PayoutState(
                                    rows.getString(2),
                                    CurrencyCode.of(rows.getString(3)),
                                    rows.getLong(4),
                                    rows.getObject(5, UUID.class));
                    payouts.put(rows.getObject(1, UUID.class), payout);
                }
            }
        }
        return 1;
    }

    Map<UUID, PayoutState> payouts() {
        return payouts;
    }
}
