package digitalwallet.proof;

import digitalwallet.local.postgres.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/**
 * A broker as others run it: it shows a certificate, wants a password, and lets nobody do more than
 * they are allowed to. A second, open address is the administrator's.
 */
final class SecuredBroker implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(10);

    private final Path folder;
    private final List<Integer> ports = FreePort.several(3);
    private final int port = ports.get(0);
    private final int adminPort = ports.get(1);
    private final Process process;

    /** A user who may log in. */
    record Account(String user, String password) {}

    private SecuredBroker(Path folder, Path keyStore, Account byPlain, Account byScram) {
        this.folder = folder;
        try {
            Files.writeString(folder.resolve("server.properties"), settings(keyStore, byPlain));
            var scram =
                    "SCRAM-SHA-512=[name=%s,password=%s]"
                            .formatted(byScram.user(), byScram.password());
            var format =
                    run(
                            "kafka.tools.StorageTool",
                            List.of(
                                    "format",
                                    "--standalone",
                                    "--cluster-id",
                                    "AAAAAAAAAAAAAAAAAAAAAA",
                                    "--add-scram",
                                    scram,
                                    "--config",
                                    "server.properties"));
            if (format.waitFor() != 0) {
                throw new IllegalStateException(log());
            }
            process = run("kafka.Kafka", List.of("server.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it in an empty folder and waits until it answers. */
    static SecuredBroker start(Path folder, Path keyStore, Account byPlain, Account byScram) {
        var broker = new SecuredBroker(folder, keyStore, byPlain, byScram);
        Awaitility.await().atMost(START_MAX).until(broker::answers);
        return broker;
    }

    /** Where clients connect to. */
    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** The address that asks for no name and no password. */
    Map<String, Object> administrator() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + adminPort);
    }

    void allow(
            Account account, ResourceType type, List<String> names, List<AclOperation> operations) {
        var allowed = new ArrayList<AclBinding>();
        for (var name : names) {
            for (var operation : operations) {
                allowed.add(
                        new AclBinding(
                                new ResourcePattern(type, name, PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:" + account.user(),
                                        "*",
                                        operation,
                                        AclPermissionType.ALLOW)));
            }
        }
        try (var admin = Admin.create(administrator())) {
            admin.createAcls(allowed).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), adminPort)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("broker.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process run(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-cp", jars() + File.separator + "*", program));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
                .start();
    }

    private String settings(Path keyStore, Account byPlain) {
        return """
        process.roles=broker,controller
        node.id=1
        log.dirs=data
        listeners=CLIENTS://127.0.0.1:%1$d,ADMIN://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
        advertised.listeners=CLIENTS://127.0.0.1:%1$d,ADMIN://127.0.0.1:%2$d
        listener.security.protocol.map=CLIENTS:SASL_SSL,ADMIN:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.quorum.bootstrap.servers=127.0.0.1:%3$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=ADMIN
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        group.initial.rebalance.delay.ms=0
        auto.create.topics.enable=false
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:ANONYMOUS
        ssl.keystore.type=PKCS12
        ssl.keystore.location=%4$s
        ssl.keystore.password=%5$s
        sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
        listener.name.clients.plain.sasl.jaas.config=\
        org.apache.kafka.common.security.plain.PlainLoginModule required user_%6$s="%7$s";
        listener.name.clients.scram-sha-512.sasl.jaas.config=\
        org.apache.kafka.common.security.scram.ScramLoginModule required;
        """
                .formatted(
                        port,
                        adminPort,
                        ports.get(2),
                        keyStore,
                        Certificates.PASSWORD,
                        byPlain.user(),
                        byPlain.password());
    }

    /** The build puts Kafka's programs beside the classes of {@code local}. */
    private static Path jars() {
        return Repository.root().resolve("local/target/kafka/lib");
    }
}
