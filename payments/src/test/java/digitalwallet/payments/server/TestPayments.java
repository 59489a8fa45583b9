package digitalwallet.payments.server;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.contract.Contract;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.payments.flow.Checkpoint;
import digitalwallet.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real service on a real database and a broker of its own, a wallet's stand-in, and a client. */
final class TestPayments implements AutoCloseable {

    static final String WEBHOOK_KEY = "a webhook key of 32 bytes or more";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final LocalPostgres postgres;
    private final LocalKafka kafka = LocalKafka.temporary();
    private final LocalIssuer issuer;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String database = "payments_" + DATABASES.incrementAndGet();
    private @Nullable PaymentsServer server;
    private @Nullable FakeWallet wallet;
    private int processPort;

    private TestPayments(LocalPostgres postgres, Map<String, String> extra) {
        this.postgres = postgres;
        postgres.createDatabase(database);
        var folder = folder();
        issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        environment.put("PAYMENTS_DATABASE_URL", postgres.jdbcUrl(database));
        environment.put("PAYMENTS_DATABASE_USER", LocalPostgres.PAYMENTS);
        environment.put("PAYMENTS_DATABASE_PASSWORD", postgres.paymentsPassword());
        environment.put("PAYMENTS_DATABASE_OWNER_USER", LocalPostgres.PAYMENTS);
        environment.put("PAYMENTS_DATABASE_OWNER_PASSWORD", postgres.paymentsPassword());
        environment.put("PAYMENTS_ISSUER", issuer.issuer());
        environment.put("PAYMENTS_AUDIENCE", issuer.audience());
        environment.put("PAYMENTS_JWKS_URL", issuer.jwksUri().toString());
        environment.put("PAYMENTS_KAFKA_BOOTSTRAP", kafka.bootstrap());
        environment.put("PAYMENTS_KAFKA_REPLICATION", "1");
        environment.put("PAYMENTS_WEBHOOK_KEY_FILE", folder.resolve("key").toString());
        environment.put("PAYMENTS_EVENT_KEY_FILE", folder.resolve("event-key").toString());
        environment.put("PAYMENTS_SANDBOX", "true");
        environment.put("PAYMENTS_HTTP_PORT", "0");
        environment.put("PAYMENTS_MANAGEMENT_PORT", "0");
        environment.put("PAYMENTS_REQUERY_MILLIS", "50");
        environment.put("PAYMENTS_REQUERY_SECONDS_MAX", "1");
        environment.put("PAYMENTS_CALL_MILLIS_MAX", "500");
        environment.put("PAYMENTS_LOG_LEVEL", "warn");
        environment.putAll(extra);
    }

    /** A running service with these variables, in which nothing dies. */
    static TestPayments running(Map<String, String> extra) {
        var payments = prepared(extra);
        payments.start(Checkpoint.NOTHING);
        return payments;
    }

    /** The service shared by all tests that leave it as it is. */
    static TestPayments shared() {
        return Shared.PAYMENTS;
    }

    /** A service that is not started yet. */
    static TestPayments prepared(Map<String, String> extra) {
        return on(LocalPostgres.shared(PostgresVersion.V18), extra);
    }

    /** A service that is not started yet, on a PostgreSQL that no other test needs. */
    static TestPayments on(LocalPostgres postgres, Map<String, String> extra) {
        return new TestPayments(postgres, extra);
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("payments-");
            Files.writeString(folder.resolve("key"), WEBHOOK_KEY);
            Files.writeString(folder.resolve("event-key"), FakeWallet.EVENT_KEY);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start(BiConsumer<Checkpoint, UUID> checkpoint) {
        var settings = Settings.read(environment);
        ProcessLog.start(settings.log(), "payments");
        server = PaymentsServer.start(settings, checkpoint);
        if (wallet == null) {
            wallet = FakeWallet.start(kafka.bootstrap());
        }
    }

    void stop() {
        server().close();
    }

    PaymentsServer server() {
        return java.util.Objects.requireNonNull(server);
    }

    FakeWallet wallet() {
        if (wallet == null) {
            wallet = FakeWallet.start(kafka.bootstrap());
        }
        return wallet;
    }

    /** From now on requests go to a process that listens here. */
    void sendTo(int port) {
        processPort = port;
    }

    LocalKafka kafka() {
        return kafka;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        if (wallet != null) {
            wallet.close();
        }
        if (server != null) {
            server.close();
        }
        kafka.close();
        postgres.dropDatabase(database);
    }

    /** Runs a query of one column. */
    List<String> query(String sql) {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(database),
                                LocalPostgres.PAYMENTS,
                                postgres.paymentsPassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the provider knows this payment by; the id itself when there is no such payment. */
    String providerKey(String paymentId) {
        var found =
                query(
                        "SELECT coalesce(provider_key, id) FROM payments.payment WHERE id = '%s'"
                                .formatted(paymentId));
        return found.isEmpty() ? paymentId : found.getFirst();
    }

    /** How many events were refused for this reason. */
    double malformed(String reason) {
        var name = "payments_events_malformed_total{reason=\"" + reason + "\"} ";
        var address = "http://127.0.0.1:" + server().managementPort() + "/metrics";
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofLines())
                .join()
                .body()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    /** Payments that have not found their end. */
    List<String> unfinished() {
        return query(
                """
                SELECT id || ' ' || kind || ' ' || state || ' ' || method FROM payments.payment
                WHERE NOT (state IN ('settled', 'returned')
                           OR kind = 'top-up' AND state = 'failed' AND method LIKE '%decline%')
                """);
    }

    /** A token of this role; {@code role:id} names the caller. */
    String token(String caller) {
        int colon = caller.indexOf(':');
        var role = colon < 0 ? caller : caller.substring(0, colon);
        var id = colon < 0 ? caller : caller.substring(colon + 1);
        return tokens.computeIfAbsent(caller, _ -> issuer.token(role, id, Duration.ofHours(1)));
    }

    /** A token like a system's, except for what the changes say. */
    String tokenWith(Consumer<JWTClaimsSet.Builder> changes) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.issuer())
                        .audience(issuer.audience())
                        .subject("system")
                        .claim("roles", List.of("system"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        changes.accept(claims);
        return issuer.sign(claims.build());
    }

    static String order(String user, String amount, String method) {
        return "{\"user_id\":\"%s\",\"amount\":\"%s\",\"method\":\"%s\"}"
                .formatted(user, amount, method);
    }

    Reply topUp(String caller, String key, String body) {
        return topUp(port(), caller, key, body);
    }

    /** Orders a top-up at the instance that listens on this port. */
    Reply topUp(int port, String caller, String key, String body) {
        return send(
                request(port, "/payments/top-ups")
                        .header("Authorization", "Bearer " + token(caller))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** Orders a top-up that is taken; returns its id. */
    String aTopUp(String user, String amount, String method) {
        var reply = topUp("system", UUID.randomUUID().toString(), order(user, amount, method));
        if (reply.status() != 202) {
            throw new IllegalStateException(reply.status() + " " + reply.body());
        }
        return reply.text("/payment/id");
    }

    String state(String paymentId) {
        return get("system", "/payments/" + paymentId).text("/state");
    }

    Reply get(String caller, String path) {
        return send(request(path).header("Authorization", "Bearer " + token(caller)).GET());
    }

    HttpRequest.Builder request(String path) {
        return request(port(), path);
    }

    private int port() {
        return processPort == 0 ? server().port() : processPort;
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(5));
    }

    Reply send(HttpRequest.Builder request) {
        var response = Contract.PAYMENTS.send(http, request.build());
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    private static final class Shared {
        static final TestPayments PAYMENTS = running(Map.of());

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(PAYMENTS::stop, "stop-shared-payments"));
        }
    }
}
