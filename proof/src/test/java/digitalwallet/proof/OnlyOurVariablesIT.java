package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.contract.Contract;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is configured by its own variables only: whatever the frameworks inside it would read
 * from the environment, from system properties or from the working directory changes nothing.
 */
final class OnlyOurVariablesIT {

    private static final String HOSTILE = "hostile";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPostgres postgres;
    private static LocalKafka kafka;

    @TempDir private Path folder;

    private final List<Integer> ports = FreePort.several(3);
    private final int port = ports.get(0);
    private final int managementPort = ports.get(1);
    private final int hostilePort = ports.get(2);

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        kafka = LocalKafka.temporary();
    }

    @AfterAll
    static void stop() {
        kafka.close();
        postgres.close();
    }

    @Test
    void nothing_else_configures_the_wallet() throws Exception {
        var own =
                Map.of(
                        "DATABASE_USER", postgres.serverUser(),
                        "DATABASE_PASSWORD", postgres.serverPassword(),
                        "DATABASE_OWNER_USER", postgres.ownerUser(),
                        "DATABASE_OWNER_PASSWORD", postgres.ownerPassword(),
                        "DIGEST_KEY_FILE", key(),
                        "QUEUE_KEY_FILE", key(),
                        "EVENT_KEY_FILE", key(),
                        "LANES", "2");
        assertChangesNothing(Program.WALLET, Contract.WALLET, own);
    }

    @Test
    void nothing_else_configures_the_payments_service() throws Exception {
        var own =
                Map.of(
                        "DATABASE_USER",
                        LocalPostgres.PAYMENTS,
                        "DATABASE_PASSWORD",
                        postgres.paymentsPassword(),
                        "DATABASE_OWNER_USER",
                        LocalPostgres.PAYMENTS,
                        "DATABASE_OWNER_PASSWORD",
                        postgres.paymentsPassword(),
                        "EVENT_KEY_FILE",
                        key(),
                        "WEBHOOK_KEY_FILE",
                        key(),
                        "SANDBOX",
                        "true");
        assertChangesNothing(Program.PAYMENTS, Contract.PAYMENTS, own);
    }

    private void assertChangesNothing(Program program, Contract contract, Map<String, String> own)
            throws Exception {
        var environment = hostile();
        var prefix = program + "_";
        common().forEach((name, value) -> environment.put(prefix + name, value));
        own.forEach((name, value) -> environment.put(prefix + name, value));
        plantFiles();
        try (var process = ServiceProcess.start(program, folder, environment)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !process.isAlive() || isReady(contract));
            assertThat(process.isAlive()).as(process.out() + process.err()).isTrue();
            assertThat(get(contract, "/openapi.yaml").statusCode()).isEqualTo(200);
            assertThat(get(contract, "/" + HOSTILE + "/healthz").statusCode()).isEqualTo(401);
            assertThat(get(contract, "/error").statusCode()).isEqualTo(401);
            assertOnlyOnLoopback(port);
            assertOnlyOnLoopback(managementPort);
            assertThatThrownBy(() -> connect("127.0.0.1", hostilePort))
                    .isInstanceOf(IOException.class);
            assertThat(process.out())
                    .contains("settings: ", "serving on port " + port)
                    .doesNotContain(HOSTILE, " DEBUG ", " TRACE ");
            assertThat(folder.resolve(HOSTILE + ".log")).doesNotExist();
        }
    }

    /**
     * On Linux all of 127.0.0.0/8 is this machine, so a process that listens everywhere also
     * listens there.
     */
    private static void assertOnlyOnLoopback(int port) throws IOException {
        connect("127.0.0.1", port);
        assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(IOException.class);
    }

    private static void connect(String address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), 5_000);
        }
    }

    private boolean isReady(Contract contract) {
        try {
            return get(contract, "/readyz").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private HttpResponse<String> get(Contract contract, String path) throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofMinutes(5))
                        .build();
        try {
            return contract.check(HTTP.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> common() {
        var issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        return Map.of(
                "DATABASE_URL", postgres.jdbcUrl(LocalPostgres.DATABASE),
                "ISSUER", issuer.issuer(),
                "AUDIENCE", issuer.audience(),
                "JWKS_URL", issuer.jwksUri().toString(),
                "KAFKA_BOOTSTRAP", kafka.bootstrap(),
                "KAFKA_REPLICATION", "1",
                "HTTP_PORT", Integer.toString(port),
                "MANAGEMENT_PORT", Integer.toString(managementPort));
    }

    private String key() throws IOException {
        var key = folder.resolve("key");
        Files.write(key, "a secret of at least thirty-two bytes".getBytes(UTF_8));
        return key.toString();
    }

    /** What the frameworks would listen to, in each form that they know. */
    private Map<String, String> hostile() {
        var properties = properties();
        var environment = new HashMap<String, String>();
        properties.forEach(
                (name, value) -> {
                    environment.put(name, value);
                    environment.put(
                            name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT),
                            value);
                });
        environment.put(
                "SPRING_APPLICATION_JSON",
                "{\"server.port\":%d,\"server.servlet.context-path\":\"/%s\"}"
                        .formatted(hostilePort, HOSTILE));
        environment.put("CONSOLE_LOG_PATTERN", HOSTILE + "%n");
        environment.put("CONSOLE_LOG_THRESHOLD", "OFF");
        environment.put("CONSOLE_LOG_STRUCTURED_FORMAT", "gelf");
        environment.put("LOG_LEVEL_PATTERN", HOSTILE);
        environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-Dserver.port=%d -Dserver.address=0.0.0.0 -Dlogging.level.root=trace"
                        .formatted(hostilePort));
        return environment;
    }

    private Map<String, String> properties() {
        return Map.ofEntries(
                Map.entry("server.address", "0.0.0.0"),
                Map.entry("server.port", Integer.toString(hostilePort)),
                Map.entry("server.servlet.context-path", "/" + HOSTILE),
                Map.entry("server.forward-headers-strategy", "native"),
                Map.entry("spring.main.web-application-type", "none"),
                Map.entry("spring.main.lazy-initialization", "true"),
                Map.entry("spring.main.banner-mode", "console"),
                Map.entry("spring.profiles.active", HOSTILE),
                Map.entry("spring.config.import", "file:" + HOSTILE + ".properties"),
                Map.entry("spring.web.resources.add-mappings", "true"),
                Map.entry("management.server.address", "0.0.0.0"),
                Map.entry("management.server.port", Integer.toString(hostilePort)),
                Map.entry("logging.level.root", "trace"),
                Map.entry("logging.file.name", HOSTILE + ".log"),
                Map.entry("logging.pattern.console", HOSTILE + "%n"),
                Map.entry("debug", "true"),
                Map.entry("trace", "true"));
    }

    /** The same in the files that the frameworks look for where a process is started. */
    private void plantFiles() throws IOException {
        var text = new StringBuilder();
        properties().forEach((name, value) -> text.append(name + "=" + value + "\n"));
        Files.createDirectories(folder.resolve("config"));
        for (var file : List.of("application.properties", "config/application.properties")) {
            Files.writeString(folder.resolve(file), text);
        }
        var logback =
                """
                <configuration><appender name="f" class="ch.qos.logback.core.FileAppender">
                <file>hostile.log</file><encoder><pattern>hostile%n</pattern></encoder></appender>
                <root level="trace"><appender-ref ref="f"/></root></configuration>
                """;
        for (var file : List.of("logback.xml", "logback-spring.xml")) {
            Files.writeString(folder.resolve(file), logback);
        }
    }
}
