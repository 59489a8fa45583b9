package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.contract.Contract;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The wallet's server and the payments service on one database and a broker of somebody else. */
final class SecuredServices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final String bootstrap;
    private final Path authority;
    private final Path key;
    private final LocalPostgres postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
    private final LocalIssuer issuer;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> ports = FreePort.several(4);

    /**
     * @param authority the certificate that the services trust unless they are told another
     */
    SecuredServices(Path folder, String bootstrap, Path authority) throws IOException {
        this.folder = folder;
        this.bootstrap = bootstrap;
        this.authority = authority;
        issuer = LocalIssuer.openOrCreate(folder);
        key = folder.resolve("key");
        Files.write(key, "a secret of at least thirty-two bytes".getBytes(UTF_8));
    }

    /** Starts the wallet. */
    ServiceProcess wallet(Map<String, String> kafka) {
        var environment =
                environment(
                        kafka,
                        Map.of(
                                "DATABASE_USER",
                                postgres.serverUser(),
                                "DATABASE_PASSWORD",
                                postgres.serverPassword(),
                                "DATABASE_OWNER_USER",
                                postgres.ownerUser(),
                                "DATABASE_OWNER_PASSWORD",
                                postgres.ownerPassword(),
                                "HTTP_PORT",
                                walletPort() + "",
                                "MANAGEMENT_PORT",
                                ports.get(1) + "",
                                "DIGEST_KEY_FILE",
                                key + "",
                                "QUEUE_KEY_FILE",
                                key + "",
                                "LANES",
                                "2"));
        return start(Program.WALLET, "WALLET_", environment);
    }

    /** Starts the payments service. */
    ServiceProcess payments(Map<String, String> kafka) {
        var environment =
                environment(
                        kafka,
                        Map.of(
                                "DATABASE_USER",
                                LocalPostgres.PAYMENTS,
                                "DATABASE_PASSWORD",
                                postgres.paymentsPassword(),
                                "DATABASE_OWNER_USER",
                                LocalPostgres.PAYMENTS,
                                "DATABASE_OWNER_PASSWORD",
                                postgres.paymentsPassword(),
                                "HTTP_PORT",
                                paymentsPort() + "",
                                "MANAGEMENT_PORT",
                                ports.get(3) + "",
                                "WEBHOOK_KEY_FILE",
                                key + "",
                                "SANDBOX",
                                "true"));
        return start(Program.PAYMENTS, "PAYMENTS_", environment);
    }

    int walletPort() {
        return ports.getFirst();
    }

    int paymentsPort() {
        return ports.get(2);
    }

    /** The ports of the API and of the metrics of both. */
    List<Integer> ports() {
        return ports;
    }

    void awaitReady(ServiceProcess process, int port) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new IllegalStateException(process.err() + process.out());
                            }
                            return ask(port, "/readyz")
                                    .map(r -> r.statusCode() == 200)
                                    .orElse(false);
                        });
    }

    /** The answer's body; empty when nobody listens there. */
    String get(int port, String path) {
        return ask(port, path).map(HttpResponse::body).orElse("");
    }

    HttpResponse<String> post(int port, String path, Map<String, String> headers, String body) {
        var request = request(port, path, "system").POST(BodyPublishers.ofString(body));
        request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request).orElseThrow();
    }

    @Override
    public void close() {
        postgres.close();
    }

    private ServiceProcess start(Program program, String prefix, Map<String, String> environment) {
        var variables = new HashMap<String, String>();
        environment.forEach((name, value) -> variables.put(prefix + name, value));
        return ServiceProcess.start(program, folder, variables);
    }

    private Map<String, String> environment(Map<String, String> kafka, Map<String, String> own) {
        var environment = new HashMap<>(own);
        environment.put("DATABASE_URL", postgres.jdbcUrl(LocalPostgres.DATABASE));
        environment.put("ISSUER", issuer.issuer());
        environment.put("AUDIENCE", issuer.audience());
        environment.put("JWKS_URL", issuer.jwksUri().toString());
        environment.put("KAFKA_BOOTSTRAP", bootstrap);
        environment.put("EVENT_KEY_FILE", key.toString());
        environment.put("KAFKA_REPLICATION", "1");
        environment.put("KAFKA_TRUSTSTORE", authority.toString());
        environment.putAll(kafka);
        return environment;
    }

    private Optional<HttpResponse<String>> ask(int port, String path) {
        return send(request(port, path, "auditor").GET());
    }

    private HttpRequest.Builder request(int port, String path, String role) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + issuer.token(role, role, PATIENCE));
    }

    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            int port = response.uri().getPort();
            if (port == walletPort()) {
                Contract.WALLET.check(response);
            } else if (port == paymentsPort()) {
                Contract.PAYMENTS.check(response);
            }
            return Optional.of(response);
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
