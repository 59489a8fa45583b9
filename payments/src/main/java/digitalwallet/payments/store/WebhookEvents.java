package digitalwallet.payments.store;

import static digitalwallet.payments.store.Database.utc;

import java.time.Instant;

/** The webhooks that have had their effect. */
public final class WebhookEvents {

    private static final String INSERT =
            """
            INSERT INTO payments.webhook_event (event_id, key, status, received_at)
            VALUES (?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING
            """;

    private final Database database;

    /** In this database. */
    public WebhookEvents(Database database) {
        this.database = database;
    }

    /** Remembers it; false when it is a replay. */
    public boolean insert(String eventId, String key, String status, Instant now) {
        return database.sql().sql(INSERT).params(eventId, key, status, utc(now)).update() == 1;
    }
}
