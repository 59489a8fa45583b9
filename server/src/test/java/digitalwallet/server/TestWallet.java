package digitalwallet.server;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.contract.Contract;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a real database, and a client of it. One is shared by all tests of the JVM. */
final class TestWallet {

    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final AtomicInteger USERS = new AtomicInteger();

    private final LocalIssuer issuer;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final InstantSource clock;
    private WalletServer server;

    /** An answer. */
    record Reply(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        String code() {
            return text("code");
        }

        @Nullable String header(String name) {
            var values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
            return values == null ? null : values.getFirst();
        }
    }

    private TestWallet(Map<String, String> extra, InstantSource clock) {
        this.clock = clock;
        var postgres = LocalPostgres.shared(PostgresVersion.V18);
        var database = "server_" + DATABASES.incrementAndGet();
        postgres.createDatabase(database);
        var folder = folder();
        issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        environment = new HashMap<>();
        environment.put("WALLET_DATABASE_URL", postgres.jdbcUrl(database));
        environment.put("WALLET_DATABASE_USER", postgres.serverUser());
        environment.put("WALLET_DATABASE_PASSWORD", postgres.serverPassword());
        environment.put("WALLET_DATABASE_OWNER_USER", postgres.ownerUser());
        environment.put("WALLET_DATABASE_OWNER_PASSWORD", postgres.ownerPassword());
        environment.put("WALLET_ISSUER", issuer.issuer());
        environment.put("WALLET_AUDIENCE", issuer.audience());
        environment.put("WALLET_JWKS_URL", issuer.jwksUri().toString());
        environment.put("WALLET_DIGEST_KEY_FILE", folder.resolve("digest-key").toString());
        environment.put("WALLET_HTTP_PORT", "0");
        environment.put("WALLET_MANAGEMENT_PORT", "0");
        environment.put("WALLET_LOG_LEVEL", "warn");
        environment.put("WALLET_PAYOUT_METHODS", "sandbox:.*|iban;a=1|m+");
        environment.putAll(extra);
        var settings = Settings.read(environment);
        ProcessLog.start(settings.log(), "wallet");
        server = WalletServer.start(settings, clock);
    }

    /** The wallet that all tests share. */
    static TestWallet shared() {
        return Shared.WALLET;
    }

    /** A wallet for one test alone, with these variables; the test closes its server. */
    static TestWallet with(Map<String, String> variables) {
        return with(variables, InstantSource.system());
    }

    /** The same on a machine with this clock. */
    static TestWallet with(Map<String, String> variables, InstantSource clock) {
        return new TestWallet(variables, clock);
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("wallet-server-");
            Files.write(
                    folder.resolve("digest-key"),
                    "a digest key of 32 bytes or more".getBytes(StandardCharsets.US_ASCII));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WalletServer server() {
        return server;
    }

    Map<String, String> environment() {
        return environment;
    }

    void restart() {
        server.close();
        server = WalletServer.start(Settings.read(environment), clock);
    }

    /** A user whom no test has named before. */
    static String somebody() {
        return "user-" + USERS.incrementAndGet();
    }

    /** A new user with a wallet that holds this much. */
    String aWalletWith(String amount) {
        var user = somebody();
        var reply = post("system", "/deposit", deposit(user, amount), Map.of());
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.body());
        }
        return user;
    }

    static String deposit(String user, String amount) {
        return """
        {"user_id":"%s","amount":"%s","initiated_by":"system"}\
        """
                .formatted(user, amount);
    }

    /**
     * A token of this role; {@code role:id} names the caller; without an id, the role is the name.
     */
    String token(String caller) {
        int colon = caller.indexOf(':');
        var role = colon < 0 ? caller : caller.substring(0, colon);
        var id = colon < 0 ? caller : caller.substring(colon + 1);
        return tokens.computeIfAbsent(caller, _ -> issuer.token(role, id, Duration.ofHours(1)));
    }

    /** A token like a system's, but for what the changes say. */
    String tokenWith(java.util.function.Consumer<JWTClaimsSet.Builder> changes) {
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

    Reply post(String caller, String path, String body) {
        return post(caller, path, body, Map.of());
    }

    Reply post(String caller, String path, String body, Map<String, String> headers) {
        var request =
                request(path)
                        .header("Authorization", "Bearer " + token(caller))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    Reply get(String caller, String path) {
        return send(request(path).header("Authorization", "Bearer " + token(caller)).GET());
    }

    /** One of the server's metrics, summed over its labels; zero while there is none. */
    double metric(String name) {
        var address = "http://127.0.0.1:" + server.managementPort() + "/metrics";
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        try {
            return http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofMinutes(5));
    }

    Reply send(HttpRequest.Builder request) {
        var response = Contract.WALLET.send(http, request.build());
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    private static final class Shared {
        static final TestWallet WALLET =
                new TestWallet(Map.of("WALLET_BENCH", "true"), InstantSource.system());

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(WALLET.server()::close, "stop-shared-wallet"));
        }
    }
}
