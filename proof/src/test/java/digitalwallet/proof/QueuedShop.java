package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.TopicCheck;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.messages.Topic;
import digitalwallet.server.queue.DeadLetterBox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** Servers that consume one queue, and services that fill it. */
final class QueuedShop implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final int PRODUCERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalIssuer issuer;
    private final EngineFixture books;
    private final List<WalletProcess> servers = new ArrayList<>();
    private final List<CommandProducer> producers = new ArrayList<>();

    private QueuedShop(Path folder, LocalPostgres postgres, LocalKafka kafka, LocalIssuer issuer) {
        this.folder = folder;
        this.postgres = postgres;
        this.kafka = kafka;
        this.issuer = issuer;
        books = EngineFixture.existing(postgres, LocalPostgres.DATABASE);
    }

    /** Starts everything, with one server, and begins to send this many commands in all. */
    static QueuedShop open(Path folder, int commands) {
        var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        var kafka = LocalKafka.temporary();
        var shop = new QueuedShop(folder, postgres, kafka, LocalIssuer.openOrCreate(folder));
        shop.createTopics();
        var known = ProducerRegistry.in(folder.resolve("producers"));
        var most = Map.of("USD", "1000000.00");
        for (int i = 0; i < PRODUCERS; i++) {
            var _ = known.add("service-" + i, ProducerRegistry.VERBS, most);
        }
        shop.addServer();
        for (int i = 0; i < PRODUCERS; i++) {
            var name = "service-" + i;
            var key = known.file().resolveSibling(name + ".key");
            shop.producers.add(
                    CommandProducer.start(name, key, kafka.bootstrap(), commands / PRODUCERS));
        }
        return shop;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    LocalKafka kafka() {
        return kafka;
    }

    List<WalletProcess> servers() {
        return servers;
    }

    /** Starts one more server and waits until it serves. */
    void addServer() {
        var server =
                WalletProcess.start(
                        "server-" + servers.size(),
                        folder,
                        postgres,
                        issuer,
                        FreePort.any(),
                        Map.of(
                                "WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                                "WALLET_KAFKA_REPLICATION", "1",
                                "WALLET_PRODUCERS_FILE",
                                        folder.resolve("producers/producers.json").toString(),
                                "WALLET_QUEUE_KEY_FILE", folder.resolve("key").toString(),
                                "WALLET_EVENT_KEY_FILE", folder.resolve("key").toString()));
        server.awaitReady();
        servers.add(server);
    }

    /** Waits until this many messages are processed. */
    void awaitProcessed(int messages) {
        Awaitility.await().atMost(PATIENCE).until(() -> processed() >= messages);
    }

    /** Waits for the rest; then books and services agree, and no poison is missing. */
    void finishAndCheck() {
        producers.forEach(CommandProducer::awaitEnd);
        int sent = producers.stream().mapToInt(CommandProducer::sent).sum();
        awaitProcessed(producers.stream().mapToInt(CommandProducer::messages).sum());
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(sent);
        for (var producer : producers) {
            producer.check(books);
        }
        checkDeadLetters();
        BooksInvariants.check(books);
        assertThat(servers.getFirst().fullCheck(issuer)).contains("\"consistent\":true");
    }

    private void checkDeadLetters() {
        var expected =
                producers.stream()
                        .flatMap(producer -> producer.poison().stream())
                        .map(message -> message.key() + " " + message.reason())
                        .toList();
        assertThat(expected).hasSizeGreaterThan(PRODUCERS);
        var box =
                new DeadLetterBox(
                        KafkaSettings.local(kafka.bootstrap(), PARTITIONS),
                        Poison.keys(folder.resolve("key")),
                        false);
        assertThat(box.letters().headings())
                .map(heading -> box.letter(heading.id()).orElseThrow())
                .extracting(letter -> letter.key() + " " + letter.headers().get("reason"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private long processed() {
        try {
            return books.number(
                    "SELECT coalesce(sum(to_offset - from_offset), 0) FROM queue_position");
        } catch (IllegalStateException postgresIsAway) {
            return 0;
        }
    }

    private void createTopics() {
        var settings = KafkaSettings.local(kafka.bootstrap(), PARTITIONS);
        try (var admin = Admin.create(settings.admin())) {
            var unsafe = new TopicCheck(admin, settings, List.of(Topic.values())).run();
            assertThat(unsafe).isEmpty();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producers.forEach(CommandProducer::close);
        servers.forEach(WalletProcess::close);
        kafka.close();
        postgres.close();
    }
}
