package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import java.time.Instant;
import java.util.UUID;

/** Every call to a provider, written before it is made. */
public final class ProviderCalls {

    private static final String BEGIN =
            """
            INSERT INTO payments.provider_call (payment_id, key, action, started_at)
            VALUES (?, ?, ?, ?) RETURNING id
            """;

    private static final String END =
            """
            UPDATE payments.provider_call SET answered_at = ?, answer = ? WHERE id = ?
            """;

    private static final String WAS_SENT =
            """
            SELECT EXISTS (SELECT 1 FROM payments.provider_call WHERE key = ? AND action = 'send')
            """;

    private final Database database;

    /** In this database. */
    public ProviderCalls(Database database) {
        this.database = database;
    }

    /** What is asked of the provider. */
    public enum Action {
        /** To move money. */
        SEND("send"),
        /** What has become of it. */
        QUERY("query");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    /** Writes that the call is about to be made; returns its number. */
    public long begin(UUID paymentId, String key, Action action, Instant now) {
        return database.sql()
                .sql(BEGIN)
                .params(paymentId, key, action.word, utc(now))
                .query(Long.class)
                .single();
    }

    /** Writes what came of it. */
    public void end(long call, String answer, Instant now) {
        database.sql().sql(END).params(utc(now), answer, call).update();
    }

    /** Whether the provider was ever asked to move this, and so may have done it. */
    public boolean wasSent(String key) {
        return database.sql().sql(WAS_SENT).param(key).query(Boolean.class).single();
    }
}
