package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.DepositLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Result;
import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.HistoryReader;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages of a long history, beside a page of a short one and one look into the primary key. */
final class HistoryBench implements Benchmark {

    private static final String LONG = "user-with-a-long-history";
    private static final String SHORT = "user-with-a-short-history";
    private static final int SHORT_ENTRIES = 100;
    private static final int PAGE = 50;
    private static final int PAGES_DEEP = 1_000;
    private static final int OTHERS = 10_000;
    private static final int LONG_ONE_IN = 5;
    private static final int TIMES = 2_000;
    private static final double FLAT = 1.5;
    private static final String ONE_ENTRY =
            """
            SELECT balance_after FROM entry
            WHERE account_id = (SELECT id FROM account WHERE owner = 'user-1' AND kind = %d)
                AND version = 1\
            """
                    .formatted(AccountKind.WALLET.number());

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String description() {
        return "the newest page of a long history, and one a thousand pages down";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        int entries = run.full() ? 1_000_000 : 60_000;
        var books = Books.create(run.postgres());
        try (var engine = books.engine(2)) {
            var load = new DepositLoad(books, engine);
            load.run(entries * LONG_ONE_IN, HistoryBench::user);
            load.run(SHORT_ENTRIES, _ -> SHORT);
        }
        books.settle();
        try (var reads = Reads.of(books)) {
            var results = measure(reads.dataSource(), entries);
            books.verify();
            return results;
        } finally {
            books.drop();
        }
    }

    private static String user(int i) {
        return i % LONG_ONE_IN == 0
                ? LONG
                : Books.user(ThreadLocalRandom.current().nextInt(OTHERS));
    }

    private static List<Result> measure(DataSource dataSource, int entries) throws Exception {
        var reader = new HistoryReader(dataSource);
        var deep = position(reader);
        double probe = Reads.medianMillis(TIMES, () -> oneEntry(dataSource));
        double shortPage = Reads.medianMillis(TIMES, () -> page(reader, SHORT, null));
        double longPage = Reads.medianMillis(TIMES, () -> page(reader, LONG, null));
        double deepPage = Reads.medianMillis(TIMES, () -> page(reader, LONG, deep));
        return List.of(
                Result.atMost(
                        "history",
                        "newest 50 of %,d entries".formatted(entries),
                        longPage,
                        "ms",
                        "newest 50 of %d".formatted(SHORT_ENTRIES),
                        longPage / shortPage,
                        FLAT),
                Result.atMost(
                        "history",
                        "page %,d of them".formatted(PAGES_DEEP),
                        deepPage,
                        "ms",
                        "the newest page",
                        deepPage / longPage,
                        FLAT),
                Result.plain("history", "one entry by its key", probe, "ms"));
    }

    /** The beginning of the deepest page that a patient reader would turn to. */
    private static HistoryPage.@Nullable Position position(HistoryReader reader) {
        HistoryPage.@Nullable Position position = null;
        for (int i = 0; i < PAGES_DEEP; i++) {
            position = page(reader, LONG, position).next();
        }
        return position;
    }

    private static HistoryPage page(
            HistoryReader reader, String user, HistoryPage.@Nullable Position after) {
        var page = reader.history(user, HistoryPage.Filter.ALL, after, PAGE).orElseThrow();
        if (page.items().size() != PAGE) {
            throw new IllegalStateException("a page of " + page.items().size());
        }
        return page;
    }

    private static long oneEntry(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ONE_ENTRY);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
