package digitalwallet.ledger.publishing;

import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.postgres.PostgresVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** However large the details are, a round takes what fits, and the rounds together take all. */
final class LargeRoundsIT {

    private static final int COMMANDS = 600;
    private static final int USERS = 21;
    private static final int LABELS_LENGTH = 38_000;
    private static final int BATCH_LENGTH_MAX = 4 * 1024 * 1024;
    private static final long ROUND_BYTES_MAX = 2_000_000;

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    @Test
    void rejections_with_large_labels_are_read_in_rounds_that_fit() throws SQLException {
        postRejections();
        assertThat(books.number("SELECT max(transactions) FROM block"))
                .isLessThanOrEqualTo(BATCH_LENGTH_MAX / LABELS_LENGTH);

        var heights = new HashMap<Integer, Long>();
        int seen = 0;
        for (var round : rounds(new FreshBlocks(0, new SimpleMeterRegistry()))) {
            assertThat(round.readBack()).isEqualTo(round.transactions().size());
            assertThat(length(round)).isLessThanOrEqualTo(mostOfRound(round));
            seen += round.transactions().size();
            round.ends().forEach((lane, height) -> heights.merge(lane, height, Math::max));
        }
        assertThat(seen).isEqualTo(COMMANDS);
        heights.forEach(
                (lane, height) ->
                        assertThat(
                                        books.number(
                                                "SELECT max(height) FROM block WHERE lane = "
                                                        + lane))
                                .isEqualTo(height));
    }

    @Test
    void memory_keeps_the_newest_blocks_that_fit_and_the_books_give_the_others()
            throws SQLException {
        var registry = new SimpleMeterRegistry();
        var fresh = new FreshBlocks(BATCH_LENGTH_MAX, registry);
        fresh.wanted(true);
        try (var engine =
                PostingEngine.start(
                        EngineFixture.settings(2),
                        books.address(),
                        InstantSource.system(),
                        block -> {
                            fresh.accept(block);
                            assertThat(registry.get("wallet_events_fresh_bytes").gauge().value())
                                    .isLessThanOrEqualTo(BATCH_LENGTH_MAX);
                        },
                        new SimpleMeterRegistry())) {
            EngineFixture.until(() -> engine.servingLanes() == 2);
            post(engine);
        }
        int seen = 0;
        int readBack = 0;
        for (var round : rounds(fresh)) {
            seen += round.transactions().size();
            readBack += round.readBack();
        }
        assertThat(seen).isEqualTo(COMMANDS);
        assertThat(readBack).isBetween(1, COMMANDS - 1);
        assertThat(registry.get("wallet_events_fresh_dropped").counter().count()).isPositive();
        assertThat(registry.get("wallet_events_fresh_bytes").gauge().value()).isZero();
    }

    @Test
    void however_small_the_rounds_no_version_comes_before_the_one_below() throws SQLException {
        postTransfers();

        var reached = new HashMap<UUID, Long>();
        int changes = 0;
        var rounds = rounds(new FreshBlocks(0, new SimpleMeterRegistry()), 40);
        for (var round : rounds) {
            for (var change : changes(round)) {
                changes++;
                assertThat(change.version())
                        .isEqualTo(reached.getOrDefault(change.walletId(), 0L) + 1);
                reached.put(change.walletId(), change.version());
            }
        }
        assertThat(rounds).hasSizeGreaterThan(10);
        assertThat(changes).isEqualTo(USERS + 2 * COMMANDS);
    }

    /** Both lanes take transfers between the same few. */
    private void postTransfers() {
        try (var engine = books.engine(smallBatches())) {
            EngineFixture.until(() -> engine.servingLanes() == 2);
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int user = 0; user < USERS; user++) {
                EngineFixture.posted(engine.submit(EngineFixture.deposit("user-" + user, 1_000)));
            }
            for (int i = 0; i < COMMANDS; i++) {
                var from = "user-" + i % USERS;
                var to = "user-" + (i + 1 + i % 5) % USERS;
                answers.add(engine.submit(EngineFixture.transfer(from, to, 1)));
            }
            answers.forEach(EngineFixture::posted);
        }
    }

    private static EngineSettings smallBatches() {
        var usual = EngineFixture.settings(2);
        return new EngineSettings(
                2,
                20,
                usual.batchLocksMax(),
                usual.queueLengthMax(),
                usual.queueBytesMax(),
                usual.guards(),
                usual.limits());
    }

    /** Each wallet's in their order, because within a round the reader puts them in order. */
    private static List<WalletChange> changes(Unpublished round) {
        return round.transactions().stream()
                .flatMap(each -> each.changes().stream())
                .sorted(Comparator.comparingLong(WalletChange::version))
                .toList();
    }

    private void postRejections() {
        try (var engine = books.engine(2)) {
            post(engine);
        }
    }

    private static void post(PostingEngine engine) {
        var answers = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < COMMANDS; i++) {
            answers.add(engine.submit(rejected(i)));
        }
        answers.forEach(
                answer ->
                        assertThat(EngineFixture.await(answer))
                                .isInstanceOf(Outcome.Rejected.class));
    }

    /** A withdrawal by somebody without a wallet, with labels as large as they may be. */
    private static Command rejected(int number) {
        var labels = new TreeMap<>(Map.of("label", "x".repeat(LABELS_LENGTH)));
        var details = new Details(EngineFixture.newId(), null, null, null, labels);
        var header =
                new Command.Header(
                        EngineFixture.newId(),
                        new Initiator("nobody-" + number, "nobody-" + number, "user"),
                        details,
                        null,
                        null);
        return new Command.Withdraw(header, "nobody-" + number % 7, usd(1));
    }

    private List<Unpublished> rounds(FreshBlocks fresh) throws SQLException {
        return rounds(fresh, 20_000);
    }

    private List<Unpublished> rounds(FreshBlocks fresh, int transactionsMax) throws SQLException {
        var rounds = new ArrayList<Unpublished>();
        try (var session = EventSession.open(books.address(), fresh, EngineFixture.DIGEST_KEY)) {
            assertThat(session.claim()).isTrue();
            session.resume();
            Unpublished round;
            do {
                round = session.next(transactionsMax, ROUND_BYTES_MAX);
                rounds.add(round);
            } while (round.more());
        }
        return rounds;
    }

    private static long length(Unpublished round) {
        return round.transactions().stream()
                .mapToLong(each -> each.transaction().details().length())
                .sum();
    }

    /** The first block is taken whatever its size. */
    private static long mostOfRound(Unpublished round) {
        long blocks =
                round.transactions().stream().map(JournalTransaction::place).distinct().count();
        return blocks == 1 ? BATCH_LENGTH_MAX : ROUND_BYTES_MAX;
    }
}
