package digitalwallet.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.server.events.RelayFixture.Load;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the books reaches the topic: all of it, in order per wallet, at least once. */
final class EventRelayIT {

    private static LocalKafka kafka;
    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.temporary();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void renewTopics() throws Exception {
        RelayFixture.renewTopics(kafka);
    }

    @ParameterizedTest
    @CsvSource({"V18, 20000", "V18, 30", "V15, 500"})
    void every_version_arrives_in_order_while_two_engines_post(
            PostgresVersion version, int transactionsMax) {
        var books = EngineFixture.books(version);
        try (var first = books.engine(2);
                var second = books.engine(2);
                var _ = RelayFixture.relay(books, kafka, transactionsMax);
                var _ = RelayFixture.relay(books, kafka, transactionsMax)) {
            RelayFixture.post(List.of(first, second), 4_000, 1);
            RelayFixture.untilPublished(books, kafka);
        }
        var published = PublishedEvents.read(RelayFixture.settings(kafka));
        published.assertAreThoseOf(books);
        assertThat(published.repeated()).isZero();
    }

    @Test
    void books_older_than_the_relay_are_published_from_the_first_block_on() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(2)) {
            RelayFixture.post(List.of(engine), 2_000, 2);
        }
        try (var _ = RelayFixture.relay(books, kafka, 50)) {
            RelayFixture.untilPublished(books, kafka);
        }
        PublishedEvents.read(RelayFixture.settings(kafka)).assertAreThoseOf(books);
    }

    /** A round takes transactions by the clock, which says nothing about which builds on which. */
    @Test
    void rounds_are_complete_though_the_machines_clocks_disagree() {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var early = engine(books, Duration.ofHours(-1));
                var late = engine(books, Duration.ofHours(1))) {
            RelayFixture.post(List.of(early, late), 3_000, 3);
        }
        try (var _ = RelayFixture.relay(books, kafka, 40)) {
            RelayFixture.untilPublished(books, kafka);
        }
        PublishedEvents.read(RelayFixture.settings(kafka)).assertAreThoseOf(books);
    }

    @Test
    void what_was_published_but_not_stored_as_such_is_repeated_and_nothing_is_lost() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var registry = new SimpleMeterRegistry();
        RelayFixture.execute(
                books, "REVOKE INSERT ON published_block FROM " + books.address().user());
        try (var engine = books.engine(2);
                var _ = RelayFixture.relay(books, kafka, 100, registry)) {
            RelayFixture.post(List.of(engine), 500, 4);
            RelayFixture.until(() -> published().repeated() > 0);
            RelayFixture.execute(
                    books, "GRANT INSERT ON published_block TO " + books.address().user());
            RelayFixture.post(List.of(engine), 500, 5);
            RelayFixture.untilPublished(books, kafka);
            assertThat(registry.get("wallet_events_failures").counter().count()).isPositive();
            RelayFixture.until(() -> gauge(registry, "lag_transactions") == 0);
            assertThat(gauge(registry, "lag_seconds")).isZero();
            assertThat(gauge(registry, "publisher")).isEqualTo(1);
        }
        published().assertAreThoseOf(books);
    }

    @Test
    void another_relay_takes_over_whenever_the_publisher_loses_its_session() throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        var registries = List.of(new SimpleMeterRegistry(), new SimpleMeterRegistry());
        try (var engine = books.engine(2);
                var _ = RelayFixture.relay(books, kafka, 100, registries.get(0));
                var _ = RelayFixture.relay(books, kafka, 100, registries.get(1))) {
            try (var _ = Load.on(List.of(engine))) {
                for (int i = 0; i < 6; i++) {
                    RelayFixture.until(() -> publishers(registries) == 1);
                    Thread.sleep(300);
                    // For a moment nobody may have the claim.
                    RelayFixture.until(() -> endSession(books) > 0);
                }
            }
            RelayFixture.untilPublished(books, kafka);
        }
        published().assertAreThoseOf(books);
    }

    @Test
    void a_publisher_that_was_replaced_cannot_publish_any_more() {
        try (var zombie = EventProducer.open(RelayFixture.settings(kafka), RelayFixture.KEYS);
                var successor =
                        EventProducer.open(RelayFixture.settings(kafka), RelayFixture.KEYS)) {
            var events = List.of(Samples.deposit("alice", 1, Samples.second(1)));
            assertThatThrownBy(() -> zombie.publish(events))
                    .isInstanceOfAny(
                            ProducerFencedException.class, InvalidProducerEpochException.class);
            assertThat(published().records()).isEmpty();
            successor.publish(events);
            assertThat(published().records()).hasSize(1);
        }
    }

    @Test
    void a_stopped_process_loses_its_place_and_does_no_harm_when_it_goes_on() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var registry = new SimpleMeterRegistry();
        var settings = RelayFixture.settings(kafka);
        try (var engine = books.engine(2);
                var stopped =
                        RelayProcess.start(books.address(), settings, folder.resolve("log"))) {
            try (var _ = Load.on(List.of(engine))) {
                RelayFixture.until(() -> !published().records().isEmpty());
                stopped.stop();
                try (var _ = RelayFixture.relay(books, kafka, 100, registry)) {
                    RelayFixture.until(() -> gauge(registry, "publisher") == 1);
                    stopped.goOn();
                    var published = registry.get("wallet_events_published").counter();
                    double before = published.count();
                    RelayFixture.until(() -> published.count() > before + 1_000);
                    assertThat(gauge(registry, "publisher")).isEqualTo(1);
                }
            }
            RelayFixture.untilPublished(books, kafka);
        }
        published().assertAreThoseOf(books);
    }

    @Test
    void the_relay_catches_up_when_the_broker_is_back() {
        var books = EngineFixture.books(PostgresVersion.V18);
        var registry = new SimpleMeterRegistry();
        try (var engine = books.engine(2);
                var _ = RelayFixture.relay(books, kafka, 100, registry)) {
            RelayFixture.post(List.of(engine), 500, 6);
            kafka.kill();
            RelayFixture.post(List.of(engine), 1_000, 7);
            RelayFixture.until(() -> gauge(registry, "lag_seconds") > 0);
            kafka.restart();
            RelayFixture.untilPublished(books, kafka);
        }
        published().assertAreThoseOf(books);
    }

    private static PostingEngine engine(EngineFixture books, Duration ahead) {
        var engine =
                PostingEngine.start(
                        EngineFixture.settings(2).withoutGuardedDates(),
                        books.address(),
                        InstantSource.offset(InstantSource.system(), ahead),
                        books.fresh(),
                        books.registry());
        EngineFixture.until(() -> engine.servingLanes() == 2);
        return engine;
    }

    private static PublishedEvents published() {
        return PublishedEvents.read(RelayFixture.settings(kafka));
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get("wallet_events_" + name).gauge().value();
    }

    private static double publishers(List<SimpleMeterRegistry> registries) {
        return registries.stream().mapToDouble(each -> gauge(each, "publisher")).sum();
    }

    private static long endSession(EngineFixture books) {
        return books.number(
                """
                SELECT count(pg_terminate_backend(l.pid)::text) FROM pg_locks l
                JOIN pg_database d ON d.oid = l.database
                WHERE d.datname = current_database() AND l.locktype = 'advisory'
                AND l.granted AND l.classid = %d AND l.objsubid = 2\
                """
                        .formatted(0x57455654));
    }
}
