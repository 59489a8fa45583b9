package digitalwallet.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalKafkaIT {

    private static final TopicPartition KEPT = new TopicPartition("kept", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir private Path folder;

    @Test
    void acknowledged_messages_survive_kill_and_stop_and_the_address_stays() throws Exception {
        try (var kafka = LocalKafka.start(folder.resolve("a folder"))) {
            createTopic(kafka);
            var address = kafka.bootstrap();
            produce(kafka, "first");
            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            assertThat(kafka.isReady()).isFalse();
            kafka.restart();
            produce(kafka, "second");
            kafka.stop();
            assertThat(kafka.exitCode()).isNotNull();
            kafka.restart();
            assertThat(kafka.bootstrap()).isEqualTo(address);
            assertThat(messages(kafka, 2)).containsExactly("first", "second");
        }
    }

    @Test
    void it_has_no_privileges_and_takes_over_data_that_root_wrote() throws Exception {
        try (var kafka = LocalKafka.start(folder)) {
            createTopic(kafka);
            produce(kafka, "kept");
            assertThat(privileges(kafka.processId())).isEqualTo("0000000000000000");
            kafka.stop();
            try (var files = Files.walk(folder.resolve("data"))) {
                for (var file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", ownUser());
                }
            }
        }
        try (var kafka = LocalKafka.start(folder)) {
            assertThat(privileges(kafka.processId())).isEqualTo("0000000000000000");
            assertThat(messages(kafka, 1)).containsExactly("kept");
        }
    }

    private static int ownUser() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static String privileges(long process) throws IOException {
        assumeThat(Path.of("/proc/self/status"))
                .as("only Linux tells what a process may do")
                .exists();
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> line.substring("CapEff:".length()).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void the_orphan_of_a_dead_owner_is_replaced_and_the_next_owner_keeps_its_address()
            throws Exception {
        var first = LocalKafka.start(folder);
        createTopic(first);
        produce(first, "kept");
        var orphan = ProcessHandle.of(first.processId()).orElseThrow();
        try (var second = LocalKafka.start(folder)) {
            assertThat(Processes.anyRuns(Stream.of(orphan))).isFalse();
            assertThat(second.bootstrap()).isEqualTo(first.bootstrap());
            assertThat(messages(second, 1)).containsExactly("kept");
            var successor = ProcessHandle.of(second.processId()).orElseThrow();
            LocalKafka.endLeftovers(folder);
            assertThat(Processes.anyRuns(Stream.of(successor))).isFalse();
        }
    }

    @Test
    void a_port_that_somebody_else_took_meanwhile_is_given_up() throws Exception {
        Files.writeString(folder.resolve("ports"), "no numbers");
        int taken;
        try (var kafka = LocalKafka.start(folder)) {
            taken = kafka.port();
        }
        try (var _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                var kafka = LocalKafka.start(folder)) {
            assertThat(kafka.port()).isNotEqualTo(taken);
            createTopic(kafka);
        }
    }

    @Test
    void it_is_open_to_this_machine_and_this_user_alone() throws Exception {
        try (var kafka = LocalKafka.start(folder)) {
            for (var address : addressesOfOtherInterfaces()) {
                var outside = new InetSocketAddress(address, kafka.port());
                try (var socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(outside, 1000))
                            .isInstanceOf(ConnectException.class);
                }
            }
            // As root, the broker's user passes through; the group is theirs alone.
            assertThat(rights(folder)).isIn("rwx------", "rwx--x---");
            assertThat(rights(folder.resolve("data"))).isEqualTo("rwx------");
            assertThat(rights(folder.resolve("data/meta.properties"))).isEqualTo("rw-------");
            assertThat(rights(folder.resolve("kafka.log"))).isEqualTo("rw-------");
        }
    }

    @Test
    void an_interrupted_first_start_is_made_good() throws Exception {
        Files.createDirectories(folder.resolve("data.new"));
        Files.writeString(folder.resolve("data.new/meta.properties"), "cluster.id=half");
        try (var kafka = LocalKafka.start(folder)) {
            createTopic(kafka);
        }
        assertThat(folder.resolve("data.new")).doesNotExist();
    }

    @Test
    void a_broker_that_cannot_start_is_one_sentence() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/meta.properties"), "version=99\n");
        assertThatThrownBy(() -> LocalKafka.start(folder))
                .isInstanceOf(LocalFailure.class)
                .hasMessage(
                        "Kafka did not start: see "
                                + folder.toRealPath().resolve("kafka.log")
                                + ".");
        assertThat(Files.readString(folder.resolve("kafka.log"))).contains("ERROR");
    }

    private static void createTopic(LocalKafka kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var topic = new NewTopic(KEPT.topic(), 1, (short) 1);
            admin.createTopics(List.of(topic.configs(Map.of("flush.messages", "1")))).all().get();
        }
    }

    private static void produce(LocalKafka kafka, String message) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(KEPT.topic(), message)).get();
        }
    }

    private static List<String> messages(LocalKafka kafka, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap());
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            var found = new java.util.ArrayList<String>();
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < count && System.nanoTime() - deadline < 0) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
            }
            return found;
        }
    }

    private static List<InetAddress> addressesOfOtherInterfaces() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
