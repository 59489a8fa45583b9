package digitalwallet.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which references a user has used up: by what is kept of their use, and by the journal, which
 * knows what was used before references were kept.
 */
public final class UsedReferences {

    private static final Query USED =
            new Query(
                    TypeNumbers.in(
                            """
                            SELECT w.reference, coalesce(u.transaction_id, p.id, b.id)
                            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[])
                                AS w (reference, user_id, order_id, bank_reference)
                            LEFT JOIN used_reference u ON u.reference = w.reference
                            LEFT JOIN LATERAL (
                                SELECT t.id FROM transaction t
                                WHERE t.user_id = w.user_id AND lower(t.order_id) = lower(w.order_id)
                                    AND t.order_id = w.order_id AND t.rejection_code IS NULL
                                    AND t.type = {PURCHASE} LIMIT 1) p ON TRUE
                            LEFT JOIN LATERAL (
                                SELECT t.id FROM transaction t
                                WHERE t.bank_reference = w.bank_reference AND t.user_id = w.user_id
                                    AND t.rejection_code IS NULL
                                    AND t.type IN ({WITHDRAW}, {PAYOUT}) LIMIT 1) b ON TRUE
                            WHERE coalesce(u.transaction_id, p.id, b.id) IS NOT NULL\
                            """));

    private UsedReferences() {}

    /**
     * A use that somebody wants.
     *
     * @param orderId the order that is paid for, or null
     * @param bankReference the bank transaction that money leaves by, or null
     */
    public record Wanted(
            UUID reference,
            String userId,
            @Nullable String orderId,
            @Nullable UUID bankReference) {}

    /** Those of the references that are used up, with the transaction that did. */
    public static Map<UUID, UUID> load(Connection connection, List<Wanted> wanted)
            throws SQLException {
        var used = new HashMap<UUID, UUID>();
        USED.list(
                        connection,
                        statement -> {
                            statement.setArray(
                                    1,
                                    array(
                                            connection,
                                            "uuid",
                                            wanted.stream().map(Wanted::reference).toArray()));
                            statement.setArray(
                                    2,
                                    array(
                                            connection,
                                            "text",
                                            wanted.stream().map(Wanted::userId).toArray()));
                            statement.setArray(
                                    3,
                                    array(
                                            connection,
                                            "text",
                                            wanted.stream().map(Wanted::orderId).toArray()));
                            statement.setArray(
                                    4,
                                    array(
                                            connection,
                                            "uuid",
                                            wanted.stream().map(Wanted::bankReference).toArray()));
                        },
                        row ->
                                Map.entry(
                                        row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .forEach(use -> used.put(use.getKey(), use.getValue()));
        return used;
    }

    private static java.sql.Array array(
            Connection connection, String type, @Nullable Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
