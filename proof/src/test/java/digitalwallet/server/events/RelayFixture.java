package digitalwallet.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.server.kafka.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** A broker with fresh topics, relays that publish to them, and engines under load. */
final class RelayFixture {

    static final MessageKeys KEYS =
            new MessageKeys(
                    new MessageKey("an event key of 32 bytes or more.".getBytes(UTF_8)), null);

    private static final int USERS = 12;
    private static final int PARTITIONS = 3;

    private RelayFixture() {}

    static KafkaSettings settings(LocalKafka kafka) {
        return KafkaSettings.local(kafka.bootstrap(), PARTITIONS);
    }

    /** Deletes all topics and makes them anew. */
    static void renewTopics(LocalKafka kafka) throws Exception {
        try (var admin = Admin.create(settings(kafka).admin())) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            until(() -> admin.listTopics().names().get().isEmpty());
        }
        try (var topics = Topics.watch(settings(kafka), new SimpleMeterRegistry())) {
            topics.verdict().get(5, TimeUnit.MINUTES);
        }
    }

    static EventRelay relay(EngineFixture books, LocalKafka kafka, int transactionsMax) {
        return relay(books, kafka, transactionsMax, new SimpleMeterRegistry());
    }

    static EventRelay relay(
            EngineFixture books,
            LocalKafka kafka,
            int transactionsMax,
            SimpleMeterRegistry registry) {
        return EventRelay.start(
                books.address(),
                books.fresh(),
                EngineFixture.DIGEST_KEY,
                settings(kafka),
                KEYS,
                () -> true,
                InstantSource.system(),
                transactionsMax,
                null,
                registry);
    }

    /** Makes it look as if nothing had been published yet; only tests may do so. */
    static void forgetPositions(EngineFixture books) {
        execute(books, "TRUNCATE published_block");
    }

    /** Runs a statement as the superuser. */
    static void execute(EngineFixture books, String sql) {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until everything in the books is in the topic. */
    static void untilPublished(EngineFixture books, LocalKafka kafka) {
        until(() -> PublishedEvents.read(settings(kafka)).areAllOf(books));
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .ignoreExceptions()
                .atMost(5, TimeUnit.MINUTES)
                .until(condition);
    }

    /** Transfers, deposits and withdrawals among a few users; some must be rejected. */
    static Command anyCommand(Random random) {
        var user = "user-" + random.nextInt(USERS);
        long cents = random.nextLong(1, 500);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> EngineFixture.deposit(user, cents);
            case 3 -> EngineFixture.withdraw(user, cents);
            default -> EngineFixture.transfer(user, "user-" + random.nextInt(USERS), cents);
        };
    }

    /** Posts this many commands from several callers at once and waits for the outcomes. */
    static void post(List<PostingEngine> engines, int commands, long seed) {
        var random = new Random(seed);
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < commands; i++) {
            answers.add(engines.get(i % engines.size()).submit(anyCommand(random)));
            if (answers.size() == 40) {
                answers.forEach(EngineFixture::await);
                answers.clear();
            }
        }
        answers.forEach(EngineFixture::await);
    }

    /** Callers that post until they are closed. */
    record Load(List<Thread> threads, AtomicBoolean ended) implements AutoCloseable {

        static Load on(List<PostingEngine> engines) {
            var ended = new AtomicBoolean();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                long seed = i;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int n = 0; !ended.get(); n++) {
                                                post(engines, 50, seed * 1_000_000 + n);
                                                pause();
                                            }
                                        }));
            }
            return new Load(threads, ended);
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            ended.set(true);
            for (var thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
