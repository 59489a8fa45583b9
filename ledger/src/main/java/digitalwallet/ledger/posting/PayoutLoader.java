package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.TypeNumbers;
import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.money.CurrencyCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The payouts that a batch's settlements and reversals name, with what ended them, and those in
 * transit of the users it closes.
 */
final class PayoutLoader {

    private static final String PAYOUT =
            TypeNumbers.in(
                    """
                    SELECT t.id, t.user_id, t.currency, t.amount, e.transaction_id
                    FROM transaction t LEFT JOIN payout_end e ON e.payout_id = t.id
                    WHERE t.type = {PAYOUT} AND t.rejection_code IS NULL AND\
                    """);

    private static final String BY_ID = PAYOUT + " t.id = ANY(?::uuid[])";
    private static final String IN_TRANSIT =
            PAYOUT + " t.user_id = ANY(?::text[]) AND e.payout_id IS NULL";

    private final Connection connection;
    private final Map<UUID, PayoutState> payouts = new HashMap<>();

    PayoutLoader(Connection connection) {
        this.connection = connection;
    }

    /** Loads what these plans refer to; returns how many round trips it took. */
    int load(List<UnitPlan> plans) throws SQLException {
        var ids = new LinkedHashSet<UUID>();
        var closed = new LinkedHashSet<String>();
        for (var plan : plans) {
            ids.addAll(plan.payouts());
            closed.addAll(plan.closedUsers());
        }
        return load(BY_ID, "uuid", ids) + load(IN_TRANSIT, "text", closed);
    }

    private int load(String sql, String type, Set<?> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf(type, wanted.toArray()));
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
