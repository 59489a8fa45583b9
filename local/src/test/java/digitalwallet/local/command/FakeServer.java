package digitalwallet.local.command;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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

    /** Dies at once, with these words, when the file {@code die} is in the folder it runs in. */
    public static void main(String... arguments) throws IOException, SQLException {
        if (Files.exists(Path.of("die"))) {
            System.err.print(Files.readString(Path.of("die")));
            System.exit(7);
        }
        var environment = System.getenv();
        DriverManager.getConnection(
                        environment.get("WALLET_DATABASE_URL"),
                        environment.get("WALLET_DATABASE_USER"),
                        environment.get("WALLET_DATABASE_PASSWORD"))
                .close();
        var port = Integer.parseInt(environment.get("WALLET_HTTP_PORT"));
        var http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext(
                "/readyz",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        http.start();
        System.out.printf(
                "started with Kafka at '%s', %s copies, signed by %s%n",
                environment.get("WALLET_KAFKA_BOOTSTRAP"),
                environment.get("WALLET_KAFKA_REPLICATION"),
                environment.get("WALLET_QUEUE_KEY_FILE"));
    }

    /** Packs itself, with a class path that leads to the PostgreSQL driver. */
    static Path packedInto(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
        var driver = Driver.class.getProtectionDomain().getCodeSource().getLocation();
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, driver.toString());
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
