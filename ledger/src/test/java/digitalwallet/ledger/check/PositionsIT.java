package digitalwallet.ledger.check;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.database.PositionSweep;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.publishing.EventSession;
import digitalwallet.ledger.reading.QueuePositions;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far queues are processed and blocks are published: sealed, checked, and swept. */
final class PositionsIT {

    private static final EngineFixture BOOKS = EngineFixture.books(PostgresVersion.V18);
    private static final UUID TOPIC = EngineFixture.newId();
    private static final Duration LONG_AGO = Duration.ofHours(3);
    private static final int MESSAGES = 4;
    private static final int LIVES = 4;
    private static final int MESSAGES_OF_A_LIFE = 25;
    private static final String KILL_LANES =
            """
            SELECT count(pg_terminate_backend(pid)::text) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'wallet-lane'\
            """;

    @BeforeAll
    static void some_messages_are_processed_and_some_blocks_published() throws SQLException {
        try (var engine = BOOKS.engine(1)) {
            process(BOOKS, engine, 0, MESSAGES);
            publish(BOOKS);
            process(BOOKS, engine, MESSAGES, MESSAGES + 1);
            publish(BOOKS);
            // A block that is not published.
            EngineFixture.posted(engine.submit(deposit("carol", 1)));
        }
    }

    @Test
    void what_lanes_and_publishers_have_noted_is_believed() throws SQLException {
        assertThat(check(BOOKS).incremental().firstViolation()).isNull();
        assertThat(check(BOOKS).full().firstViolation()).isNull();
        assertThat(new BooksCheck(BOOKS.dataSource(), null).full().firstViolation()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the newest stretch goes back  | DELETE FROM queue_position WHERE from_offset = 4 RETURNING 'went back from 5 to 4' | queue_positions_follow_one_another
                    a stretch is missing          | DELETE FROM queue_position WHERE from_offset = 3 RETURNING 'up to offset 3, and then from 4' | queue_positions_follow_one_another
                    a position moves ahead        | INSERT INTO queue_position SELECT topic_id, partition, 5, 9, lane, height, seal FROM queue_position WHERE from_offset = 4 RETURNING 'from offset 5 up to 9' | queue_positions_follow_one_another
                    it does so without a seal     | INSERT INTO queue_position SELECT topic_id, partition, 5, 9 FROM queue_position WHERE from_offset = 4 RETURNING 'from offset 5 up to 9' | queue_positions_follow_one_another
                    a stretch is made longer      | UPDATE queue_position SET to_offset = 9 WHERE from_offset = 4 RETURNING 'from offset 4 up to 9' | queue_positions_follow_one_another
                    a stretch gets another block  | UPDATE queue_position SET height = 1 WHERE from_offset = 4 RETURNING 'from offset 4 up to 5' | queue_positions_follow_one_another
                    its partition is another      | UPDATE queue_position SET partition = 7 RETURNING '/7 from offset' | queue_positions_follow_one_another
                    the last block is cut off     | DELETE FROM block b USING queue_position q WHERE q.from_offset = 4 AND b.lane = q.lane AND b.height >= q.height RETURNING 'from offset 4 up to 5' | queue_positions_follow_one_another
                    publishing goes back          | DELETE FROM published_block WHERE height = (SELECT max(height) FROM published_block) RETURNING 'went back from' | published_blocks_exist
                    a block is called published   | INSERT INTO published_block SELECT lane, height + 1, now(), seal FROM (SELECT * FROM published_block ORDER BY height DESC LIMIT 1) p RETURNING concat(lane, '/', height, ' is published and') | published_blocks_exist
                    another is, without a seal    | INSERT INTO published_block SELECT lane, height + 1, now() FROM (SELECT * FROM published_block ORDER BY height DESC LIMIT 1) p RETURNING concat(lane, '/', height, ' is published and') | published_blocks_exist
                    """)
    void what_nobody_has_noted_is_named(String what, String sql, String rule) throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var check = new BooksCheck(copy.dataSource(), EngineFixture.DIGEST_KEY);
            assertThat(check.incremental().firstViolation()).isNull();
            var named = copy.alter(sql);
            for (var report : List.of(check.incremental(), check.full((_, _) -> {}, false))) {
                assertThat(report.checks())
                        .filteredOn(each -> each.name().equals(rule))
                        .flatExtracting(CheckReport.Check::violations)
                        .as("%s: %s", what, report.firstViolation())
                        .anyMatch(violation -> violation.contains(named));
            }
        }
    }

    @Test
    void nobody_can_note_a_position_without_a_seal() {
        assertThatThrownBy(
                        () -> execute(BOOKS, "INSERT INTO queue_position VALUES ('%s', 9, 0, 1)"))
                .hasMessageContaining("queue_positions_are_sealed");
        assertThatThrownBy(
                        () -> execute(BOOKS, "INSERT INTO published_block VALUES (900, 1, now())"))
                .hasMessageContaining("published_blocks_are_sealed");
    }

    @Test
    void what_is_behind_the_newest_is_swept_once_it_is_old() throws SQLException {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = books.engine(1)) {
            process(books, engine, 0, MESSAGES);
            publish(books);
            process(books, engine, MESSAGES, MESSAGES + 1);
            publish(books);
            new PositionSweep(books.dataSource()).run();
            assertThat(rows(books, "queue_position")).as("none is old").isEqualTo(MESSAGES + 1);
            assertThat(rows(books, "published_block")).isEqualTo(1);
        }
        var old = EngineFixture.books(PostgresVersion.V18);
        try (var engine = engine(old, () -> Instant.now().minus(LONG_AGO))) {
            process(old, engine, 0, MESSAGES);
            assertThat(new PositionSweep(old.dataSource()).run()).isEqualTo(MESSAGES - 1);
            assertThat(rows(old, "queue_position")).isEqualTo(1);
            assertThat(new PositionSweep(old.dataSource()).run()).isZero();
            process(old, engine, MESSAGES, 2 * MESSAGES);
        }
        assertThat(check(old).full().firstViolation()).isNull();
        BooksInvariants.check(old);
    }

    /** Its key is free again, but whoever has not looked for long must look first. */
    @Test
    void a_feed_that_stood_still_for_long_is_fenced_although_its_key_was_swept()
            throws SQLException {
        var books = EngineFixture.books(PostgresVersion.V18);
        var now = new AtomicReference<>(Instant.now().minus(LONG_AGO));
        try (var stale = engine(books, now::get);
                var other = engine(books, () -> Instant.now().minus(LONG_AGO))) {
            var feed = stale.open(TOPIC, 0, new QueuePosition(0, now.get()), _ -> {});
            process(books, other, 0, MESSAGES);
            new PositionSweep(books.dataSource()).run();
            assertThat(rows(books, "queue_position")).isEqualTo(1);

            now.set(Instant.now());
            assertThat(feed.offer(0, List.of(List.of(deposit("alice", 1))))).isTrue();
            until(feed::isBroken);
            assertThat(rows(books, "queue_position")).isEqualTo(1);
            assertThat(position(books)).isEqualTo(MESSAGES);
            process(books, stale, MESSAGES, MESSAGES + 1);
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(MESSAGES + 1);
        assertThat(check(books).full().firstViolation()).isNull();
    }

    /** Rows are swept as soon as there are newer ones: their blocks are dated long ago. */
    @Test
    void sweeping_beside_lanes_and_publishers_that_die_loses_and_doubles_nothing()
            throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        long seed = System.nanoTime();
        var random = new Random(seed);
        var done = new AtomicBoolean();
        var sweeper = Thread.ofPlatform().start(() -> sweepAndKill(books, random, done));
        int processed = 0;
        for (int life = 0; life < LIVES; life++) {
            try (var engine = engine(books, () -> Instant.now().minus(LONG_AGO))) {
                int to = processed + MESSAGES_OF_A_LIFE;
                process(books, engine, processed, to);
                processed = to;
            }
            publish(books);
        }
        done.set(true);
        sweeper.join();
        new PositionSweep(books.dataSource()).run();
        assertThat(position(books)).as("seed " + seed).isEqualTo(processed);
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(processed);
        assertThat(rows(books, "queue_position")).isEqualTo(1);
        assertThat(rows(books, "published_block")).isEqualTo(1);
        assertThat(check(books).full().firstViolation()).isNull();
        BooksInvariants.check(books);
    }

    private static void sweepAndKill(EngineFixture books, Random random, AtomicBoolean done) {
        while (!done.get()) {
            new PositionSweep(books.dataSource()).run();
            if (random.nextInt(40) == 0) {
                books.number(KILL_LANES);
            }
        }
    }

    private static PostingEngine engine(EngineFixture books, InstantSource clock) {
        var engine =
                PostingEngine.start(
                        EngineFixture.settings(1).withoutGuardedDates(),
                        books.address(),
                        clock,
                        _ -> {},
                        books.registry());
        until(() -> engine.servingLanes() == 1);
        return engine;
    }

    /** As a consumer does, one message after the other, each a batch of its own. */
    private static void process(EngineFixture books, PostingEngine engine, int from, int to) {
        var positions = new QueuePositions(books.dataSource());
        var _ = positions.remember(TOPIC, "wallet.commands");
        var feed = engine.open(TOPIC, 0, positions.position(TOPIC, 0), _ -> {});
        for (long offset = from; offset < to; offset++) {
            var units = List.of(List.of(deposit("alice", 1)));
            long at = offset;
            while (position(books) == at) {
                var current = feed;
                if (!current.offer(at, units)) {
                    until(() -> engine.servingLanes() == 1);
                }
                until(() -> position(books) > at || current.isBroken() || current.waiting() == 0);
                if (current.isBroken()) {
                    feed = engine.open(TOPIC, 0, positions.position(TOPIC, 0), _ -> {});
                }
            }
        }
        feed.close();
    }

    private static void publish(EngineFixture books) throws SQLException {
        try (var session =
                EventSession.open(books.address(), books.fresh(), EngineFixture.DIGEST_KEY)) {
            until(session::claim);
            session.resume();
            var round = session.next(20_000, 10_000_000);
            session.published(round.ends(), Instant.now());
        }
    }

    private static BooksCheck check(EngineFixture books) {
        return new BooksCheck(books.dataSource(), EngineFixture.DIGEST_KEY);
    }

    private static long position(EngineFixture books) {
        return new QueuePositions(books.dataSource()).position(TOPIC, 0).offset();
    }

    private static long rows(EngineFixture books, String table) {
        return books.number("SELECT count(*) FROM " + table);
    }

    private static void execute(EngineFixture books, String sql) throws SQLException {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql.formatted(TOPIC));
        }
    }
}
