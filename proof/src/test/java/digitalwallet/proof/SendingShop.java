package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A shop that moves its money with one of the example programs, and knows what should be moved. */
final class SendingShop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> UNIQUE = Map.of("WALLET_UNIQUE", "order");

    private final Path folder;
    private final SendingProgram.Language language;
    private final LocalPostgres postgres;
    private final @Nullable LocalKafka kafka;
    private final LocalIssuer issuer;
    private final WalletProcess server;
    private final List<String> expected = new ArrayList<>();

    private SendingShop(Path folder, SendingProgram.Language language, @Nullable LocalKafka kafka) {
        this.folder = folder;
        this.language = language;
        this.kafka = kafka;
        postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        issuer = LocalIssuer.openOrCreate(folder);
        server =
                WalletProcess.start(
                        "server",
                        folder,
                        postgres,
                        issuer,
                        FreePort.any(),
                        kafka == null ? UNIQUE : kafkaVariables(folder, kafka));
        append("token", issuer.token("system", "shop", Duration.ofHours(6)));
        server.awaitReady();
    }

    /** Starts a wallet that posts at once. */
    static SendingShop open(Path folder, SendingProgram.Language language) {
        return new SendingShop(folder, language, null);
    }

    /** Starts a wallet with Kafka; the program queues what it sends. */
    static SendingShop openWithQueue(Path folder, SendingProgram.Language language) {
        return new SendingShop(folder, language, LocalKafka.temporary());
    }

    WalletProcess server() {
        return server;
    }

    /** Where Kafka is; only for a shop with a queue. */
    String broker() {
        return Objects.requireNonNull(kafka).bootstrap();
    }

    /** The file of a new producer's key; only for a shop with a queue. */
    String producer(String source) {
        return ProducerRegistry.in(folder.resolve("producers"))
                .add(source, ProducerRegistry.VERBS, Map.of("USD", "1000.00"))
                .toString();
    }

    /**
     * Decides on this many more movements; of ten the wallet must reject one for want of money, and
     * one because its order is paid, except the first of those.
     */
    void intend(int movements) {
        for (int i = 0; i < movements; i++) {
            int number = expected.size() + 1;
            var name = "order-" + number;
            if (number <= 2) {
                var user = number == 1 ? "alice" : "bob";
                intend(
                        name,
                        TransactionType.DEPOSIT,
                        "\"user_id\":\"" + user + "\"",
                        100_000,
                        "posted");
            } else if (number % 10 == 0) {
                intend(
                        name,
                        TransactionType.PURCHASE,
                        "\"user_id\":\"alice\"",
                        1_000_000,
                        "insufficient_funds");
            } else if (number % 10 == 6) {
                var outcome = number == 6 ? "posted" : "order_already_paid";
                var order = "\"user_id\":\"alice\",\"order_id\":\"paid\"";
                intend(name, TransactionType.PURCHASE, order, number, outcome);
            } else if (number % 2 == 0) {
                intend(name, TransactionType.PURCHASE, "\"user_id\":\"alice\"", number, "posted");
            } else {
                var users = "\"from_user_id\":\"alice\",\"to_user_id\":\"bob\"";
                intend(name, TransactionType.TRANSFER, users, number, "posted");
            }
        }
    }

    private void intend(
            String name, TransactionType type, String users, long cents, String outcome) {
        append(
                "movements",
                "%s /%s {%s,\"amount\":\"%d.%02d\",\"currency\":\"USD\",\"initiated_by\":\"%s\"}\n"
                        .formatted(name, type.word(), users, cents / 100, cents % 100, name));
        expected.add(name + " " + type.word() + " " + cents + " " + outcome);
    }

    /** Runs the program on all movements decided so far. */
    SendingProgram startProgram() {
        var arguments = new ArrayList<String>();
        arguments.add(server.address().toString());
        for (var file : List.of("token", "movements", "journal")) {
            arguments.add(folder.resolve(file).toString());
        }
        if (kafka != null) {
            arguments.add("--queue");
        }
        return SendingProgram.start(language, folder.resolve("program.log"), arguments);
    }

    /** Waits until the program has written this many lines more to its journal. */
    void awaitSteps(SendingProgram program, int more) {
        long wanted = journal().lines().count() + more;
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> journal().lines().count() >= wanted || !program.isRunning());
    }

    /** Waits until the last thing that the program wrote is what it intends. */
    void awaitUnanswered(SendingProgram program) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () ->
                                journal().matches("(?s).*\\n[^\\n]*\\bintent\\b[^\\n]*\\n")
                                        || !program.isRunning());
    }

    /** The answers that the program got only the second time, because the first ones were lost. */
    long replays() {
        return journal()
                .lines()
                .filter(line -> line.endsWith("\treplayed") || line.contains("\"replayed\": true"))
                .count();
    }

    /**
     * Makes sure that the books have every movement once, as it was meant, and that the program
     * knows it.
     */
    void check() throws SQLException {
        var books = EngineFixture.existing(postgres, LocalPostgres.DATABASE);
        var journal = journal();
        var found = new ArrayList<String>();
        // One that was queued twice is in the books once; the other is recorded as its duplicate.
        try (var connection = books.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT initiated_by, type, amount, coalesce(rejection_code, 'posted'), id
                                FROM transaction
                                WHERE amount IS NOT NULL AND rejection_code IS DISTINCT FROM 'duplicate'
                                """)) {
            while (rows.next()) {
                var type = TransactionType.of(rows.getInt(2)).word();
                found.add(
                        "%s %s %d %s"
                                .formatted(
                                        rows.getString(1),
                                        type,
                                        rows.getLong(3),
                                        rows.getString(4)));
                assertThat(journal).contains(rows.getString(5));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        BooksInvariants.check(books);
        assertThat(server.fullCheck(issuer)).contains("\"consistent\":true");
    }

    private String journal() {
        var file = folder.resolve("journal");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String file, String text) {
        try {
            Files.writeString(
                    folder.resolve(file),
                    text,
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> kafkaVariables(Path folder, LocalKafka kafka) {
        return Map.of(
                "WALLET_UNIQUE",
                "order",
                "WALLET_KAFKA_BOOTSTRAP",
                kafka.bootstrap(),
                "WALLET_KAFKA_REPLICATION",
                "1",
                "WALLET_PRODUCERS_FILE",
                ProducerRegistry.in(folder.resolve("producers")).file().toString(),
                "WALLET_QUEUE_KEY_FILE",
                folder.resolve("key").toString(),
                "WALLET_EVENT_KEY_FILE",
                folder.resolve("key").toString());
    }

    @Override
    public void close() {
        server.close();
        if (kafka != null) {
            kafka.close();
        }
        postgres.close();
    }
}
