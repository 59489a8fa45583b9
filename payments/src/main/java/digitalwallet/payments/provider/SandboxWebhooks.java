package digitalwallet.payments.provider;

import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import digitalwallet.payments.loop.Loop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Sends the sandbox bank's webhooks when they are due, and again until they are taken. */
public final class SandboxWebhooks implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final int BATCH_MAX = 20;
    private static final int ATTEMPTS_MAX = 15;

    private static final String CLAIM_DUE =
            """
            UPDATE payments.sandbox_webhook w
            SET attempts = attempts + 1,
                due_at = now() + least(attempts + 1, 60) * interval '1 second'
            FROM (SELECT id FROM payments.sandbox_webhook
                  WHERE delivered_at IS NULL AND due_at <= ? AND attempts < ?
                  ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED) AS due
            WHERE w.id = due.id
            RETURNING w.id, w.event_id, w.key, w.status
            """;

    private static final String DELIVERED =
            """
            UPDATE payments.sandbox_webhook SET delivered_at = ? WHERE id = ?
            """;

    private final DataSource database;
    private final Supplier<URI> receiver;
    private final WebhookSignature signature;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final Loop loop;

    private record Due(long id, String eventId, String key, String status) {}

    private SandboxWebhooks(
            DataSource database,
            Supplier<URI> receiver,
            WebhookSignature signature,
            InstantSource clock) {
        this.database = database;
        this.receiver = receiver;
        this.signature = signature;
        this.clock = clock;
        this.loop = Loop.start("sandbox-webhooks", PAUSE, this::round);
    }

    /** Starts to send. */
    public static SandboxWebhooks start(
            DataSource database,
            Supplier<URI> receiver,
            WebhookSignature signature,
            InstantSource clock) {
        return new SandboxWebhooks(database, receiver, signature, clock);
    }

    @Override
    public void close() {
        loop.close();
        http.shutdownNow();
    }

    private boolean round() {
        try (var connection = database.getConnection()) {
            var due = claim(connection);
            for (var webhook : due) {
                deliver(webhook, connection);
            }
            return due.size() == BATCH_MAX;
        } catch (SQLException e) {
            throw new IllegalStateException("the bank is closed", e);
        }
    }

    private List<Due> claim(Connection connection) throws SQLException {
        var due = new ArrayList<Due>();
        try (var statement = connection.prepareStatement(CLAIM_DUE)) {
            statement.setObject(1, SandboxBank.utc(clock.instant()));
            statement.setInt(2, ATTEMPTS_MAX);
            statement.setInt(3, BATCH_MAX);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(
                            new Due(
                                    rows.getLong("id"),
                                    rows.getString("event_id"),
                                    rows.getString("key"),
                                    rows.getString("status")));
                }
            }
        }
        return due;
    }

    private void deliver(Due webhook, Connection connection) throws SQLException {
        var now = clock.instant();
        if (isTaken(body(webhook, now, connection), now)) {
            try (var statement = connection.prepareStatement(DELIVERED)) {
                statement.setObject(1, SandboxBank.utc(clock.instant()));
                statement.setLong(2, webhook.id);
                statement.executeUpdate();
            }
        }
    }

    private static byte[] body(Due webhook, Instant now, Connection connection)
            throws SQLException {
        var movement = Objects.requireNonNull(SandboxBank.find(webhook.key, connection));
        var body =
                new JsonObject()
                        .put("event_id", webhook.eventId)
                        .put("key", webhook.key)
                        .put("status", webhook.status)
                        .put("time", now);
        switch (webhook.status) {
            case "succeeded" ->
                    body.put("reference", movement.reference())
                            .put("amount", movement.amount().toDecimal())
                            .put("currency", movement.amount().currency().code());
            case "failed" -> body.put("failure", movement.script().failure());
            default -> {}
        }
        return Json.write(body.members());
    }

    private boolean isTaken(byte[] body, Instant now) {
        var request =
                HttpRequest.newBuilder(receiver.get())
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .header(WebhookSignature.HEADER, signature.sign(body, now))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() < 300;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
