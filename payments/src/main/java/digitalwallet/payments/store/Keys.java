package digitalwallet.payments.store;

import java.util.Optional;
import java.util.UUID;

/** Callers' idempotency keys. */
public final class Keys {

    private static final String INSERT =
            """
            INSERT INTO payments.idempotency (caller, key, fingerprint, payment_id)
            VALUES (?, ?, ?, ?) ON CONFLICT (caller, key) DO NOTHING
            """;

    private static final String FIND =
            """
            SELECT fingerprint, payment_id FROM payments.idempotency WHERE caller = ? AND key = ?
            """;

    private final Database database;

    /** In this database. */
    public Keys(Database database) {
        this.database = database;
    }

    /**
     * What a key stands for.
     *
     * @param fingerprint digest of the meaning of the first request
     */
    public record Use(String fingerprint, UUID paymentId) {}

    /** Remembers the key; false when it is in use. Waits for a transaction that is using it now. */
    public boolean insert(String caller, String key, String fingerprint, UUID paymentId) {
        return database.sql().sql(INSERT).params(caller, key, fingerprint, paymentId).update() == 1;
    }

    /** What the key stands for. */
    public Optional<Use> find(String caller, String key) {
        return database.sql()
                .sql(FIND)
                .params(caller, key)
                .query(
                        (row, _) ->
                                new Use(
                                        row.getString("fingerprint"),
                                        row.getObject("payment_id", UUID.class)))
                .optional();
    }
}
