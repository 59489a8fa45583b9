package digitalwallet.server;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.reading.KnownTransactions;
import digitalwallet.process.kafka.KafkaVariables;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.server.events.EventRelay;
import digitalwallet.server.kafka.Topics;
import digitalwallet.server.kafka.Topics.Verdict;
import digitalwallet.server.queue.RunningQueue;
import digitalwallet.server.restored.BooksAge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server does with Kafka: it starts and works whether Kafka is there or not. */
final class Messaging implements AutoCloseable {

    /**
     * How long a start waits to hear whether the topics are safe; then it goes on without knowing.
     */
    private static final long PATIENCE_SECONDS = 5;

    private final KafkaSettings connection;
    private final RunningQueue.Trust trust;
    private final Topics topics;
    private final MeterRegistry registry;
    private final Settings.Kafka settings;
    private @Nullable BooksAge age;
    private @Nullable EventRelay relay;

    private Messaging(
            KafkaSettings connection,
            RunningQueue.Trust trust,
            Topics topics,
            Settings.Kafka settings,
            MeterRegistry registry) {
        this.settings = settings;
        this.connection = connection;
        this.trust = trust;
        this.topics = topics;
        this.registry = registry;
    }

    /**
     * Begins to look for Kafka.
     *
     * @throws InvalidSettingException when a file is not what it should be
     */
    static Messaging open(Settings.Kafka settings, MeterRegistry registry) {
        KafkaVariables.requireTrustStore(settings.connection());
        var trust = settings.trust();
        settings.signatures().warn("WALLET_");
        var topics = Topics.watch(settings.connection(), registry);
        return new Messaging(settings.connection(), trust, topics, settings, registry);
    }

    /**
     * Waits a little for Kafka, and publishes the events of these books as soon as Kafka is there.
     *
     * @param whenUnsafe told when Kafka is reached later and a topic turns out to lose messages
     * @throws InvalidSettingException when that is known now, or Kafka refuses this server
     */
    void begin(DatabaseAddress address, Books books, Consumer<String> whenUnsafe) {
        try {
            switch (topics.first().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                case Verdict.Safe() -> {}
                case Verdict.Unsafe(var sentence) -> throw new InvalidSettingException(sentence);
                case Verdict.Refused(var sentence) -> throw new InvalidSettingException(sentence);
            }
        } catch (TimeoutException _) {
            var _ = topics.verdict().thenAccept(verdict -> tell(verdict, whenUnsafe));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics were not examined", e);
        }
        var known =
                BooksAge.watch(
                        connection,
                        new AuthenticReader(trust.events()::find, trust.broker()),
                        new KnownTransactions(books.dataSource()),
                        topics::areSafe,
                        settings.restored(),
                        registry);
        age = known;
        relay =
                EventRelay.start(
                        address,
                        books.fresh(),
                        books.digestKey(),
                        connection,
                        trust.events(),
                        known::isCurrent,
                        books.clock(),
                        EventRelay.TRANSACTIONS_OF_ROUND_MAX,
                        settings.publishSince(),
                        registry);
    }

    KafkaSettings connection() {
        return connection;
    }

    RunningQueue.Trust trust() {
        return trust;
    }

    /** Whether the books are as new as what was published of them; once it has begun. */
    BooksAge age() {
        return Objects.requireNonNull(age);
    }

    Topics topics() {
        return topics;
    }

    /** Ends what works with Kafka; the books must still be open. */
    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
        if (age != null) {
            age.close();
        }
        topics.close();
    }

    private static void tell(Verdict verdict, Consumer<String> whenUnsafe) {
        if (verdict instanceof Verdict.Unsafe(var sentence)) {
            whenUnsafe.accept(sentence);
        }
    }
}
