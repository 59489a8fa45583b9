package digitalwallet.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.postgresql.Driver;

/**
 * The least a server must do for its launcher: reach the database, listen, answer that it is ready,
 * or die at once.
 */
final class FakeServer {

    private FakeServer() {}

    /**
     * Dies at once, with these words, when the file {@code die-} with its name is in the folder it
     * runs in; says much when {@code chatter-} is, and is not ready as long as {@code stand-} is.
     */
    public static void main(String... arguments) throws IOException, SQLException {
        if (List.of(arguments).equals(List.of("migrate"))) {
            migrate(System.getenv());
            return;
        }
        var name = System.getProperty("wallet.process");
        // As a web server makes its folder, and a native library its file.
        var _ = Files.createTempFile("left-", "");
        dieIfTold(name);
        var prefix = name.equals("payments") ? "PAYMENTS_" : "WALLET_";
        var environment = System.getenv();
        requireWhatItShouldHave(name, environment);
        DriverManager.getConnection(
                        environment.get(prefix + "DATABASE_URL"),
                        environment.get(prefix + "DATABASE_USER"),
                        environment.get(prefix + "DATABASE_PASSWORD"))
                .close();
        var port = Integer.parseInt(environment.get(prefix + "HTTP_PORT"));
        var http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext(
                "/readyz",
                exchange -> {
                    stand(name, exchange);
                    exchange.close();
                });
        http.start();
        serveMetrics(Integer.parseInt(environment.get(prefix + "MANAGEMENT_PORT")));
        if (Files.exists(Path.of("chatter-" + name))) {
            chatter();
        }
        System.out.printf(
                "started with Kafka at '%s', %s copies, signed by %s%n",
                environment.get("WALLET_KAFKA_BOOTSTRAP"),
                environment.get("WALLET_KAFKA_REPLICATION"),
                environment.get("WALLET_QUEUE_KEY_FILE"));
    }

    private static void stand(String name, HttpExchange exchange) throws IOException {
        var stand = Path.of("stand-" + name);
        if (Files.exists(stand)) {
            var body =
                    "{\"code\": \"unavailable\", \"detail\": \"%s\"}"
                            .formatted(Files.readString(stand))
                            .getBytes(UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void serveMetrics(int port) throws IOException {
        var metrics = "wallet_books_consistent 1.0\nwallet_books_check_age_seconds 12.0\n";
        var http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext(
                "/metrics",
                exchange -> {
                    exchange.sendResponseHeaders(200, metrics.length());
                    exchange.getResponseBody().write(metrics.getBytes(StandardCharsets.US_ASCII));
                    exchange.close();
                });
        http.start();
    }

    private static void dieIfTold(String name) throws IOException {
        var death = Path.of("die-" + name);
        if (Files.exists(death)) {
            System.err.print(Files.readString(death));
            System.exit(7);
        }
    }

    private static void requireWhatItShouldHave(String name, Map<String, String> environment) {
        if (!environment.getOrDefault("WALLET_DATABASE_OWNER_PASSWORD", "").isEmpty()) {
            throw new IllegalStateException("a server has no business with the owner's password");
        }
        if (name.equals("server")
                && !Files.isReadable(Path.of(environment.get("WALLET_DIGEST_KEY_FILE")))) {
            throw new IllegalStateException("the digest key cannot be read");
        }
    }

    private static void migrate(Map<String, String> environment) throws SQLException {
        DriverManager.getConnection(
                        environment.get("WALLET_DATABASE_URL"),
                        environment.get("WALLET_DATABASE_OWNER_USER"),
                        environment.get("WALLET_DATABASE_OWNER_PASSWORD"))
                .close();
        System.out.println("migrated for " + environment.get("WALLET_DATABASE_USER"));
    }

    private static void chatter() {
        for (int line = 0; line < 600_000; line++) {
            System.out.println("line " + line + " is there to make the log long, and no more");
        }
    }

    /** Packs itself, with a class path that leads to the PostgreSQL driver. */
    static Path packedInto(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
        // A copy, because the server runs as a user who may not see where the original lies.
        var original = Driver.class.getProtectionDomain().getCodeSource().getLocation();
        var driver = folder.resolve("driver.jar");
        try (var in = original.openStream()) {
            Files.copy(in, driver);
        }
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, driver.toUri().toString());
        var jar = folder.resolve("fake-server.jar");
        var name = FakeServer.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = FakeServer.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(java.util.Objects.requireNonNull(bytes).readAllBytes());
            out.closeEntry();
        }
        return jar;
    }
}
