package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.DepositLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Median;
import digitalwallet.bench.measure.Result;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.check.BooksCheck;
import digitalwallet.ledger.check.CheckReport;
import digitalwallet.ledger.lane.PostingEngine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Two consistency checks: that of what is new, beside the same on books ten times as long, and that
 * of everything, beside counting the rows.
 */
final class CheckBench implements Benchmark {

    private static final int WALLETS = 10_000;
    private static final int NEW_DEPOSITS = 10_000;
    private static final double ENTRIES_PER_SECOND_MIN = 500_000;
    private static final double FLAT = 1.5;
    private static final String COUNT = "SELECT count(*) FROM entry";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String description() {
        return "the consistency check of what is new, and of everything";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        int few = run.full() ? 1_000_000 : 50_000;
        int many = 10 * few;
        var results = new ArrayList<Result>();
        var books = Books.create(run.postgres());
        try (var engine = books.engine(2);
                var reads = Reads.of(books)) {
            var check = new BooksCheck(reads.dataSource(), new DigestKey(new byte[32]));
            fill(books, engine, few);
            double soon = incremental(run, books, engine, check);
            fill(books, engine, many);
            double later = incremental(run, books, engine, check);
            results.add(
                    Result.atMost(
                            "check",
                            "%,d new entries after %,d".formatted(2 * NEW_DEPOSITS, many),
                            later,
                            "s",
                            "after %,d entries".formatted(few),
                            later / soon,
                            FLAT));
            books.settle();
            full(run, check, reads.dataSource(), results);
            books.verify();
        } finally {
            books.drop();
        }
        return results;
    }

    /**
     * Makes deposits until there are this many entries: each makes one for the wallet and one for
     * us.
     */
    private static void fill(Books books, PostingEngine engine, int entries)
            throws InterruptedException, SQLException {
        long there = books.number(COUNT);
        deposit(books, engine, (int) (entries - there) / 2);
    }

    private static void deposit(Books books, PostingEngine engine, int deposits)
            throws InterruptedException {
        new DepositLoad(books, engine)
                .run(deposits, _ -> Books.user(ThreadLocalRandom.current().nextInt(WALLETS)));
    }

    /** Seconds for what was posted since the last check. */
    private static double incremental(
            BenchRun run, Books books, PostingEngine engine, BooksCheck check) throws Exception {
        require(check.incremental());
        var seconds = new double[run.pairs()];
        for (int i = 0; i < seconds.length; i++) {
            deposit(books, engine, NEW_DEPOSITS);
            seconds[i] = seconds(() -> require(check.incremental()));
            run.say("check: incremental %.3f s".formatted(seconds[i]));
        }
        return Median.of(seconds);
    }

    private static void full(
            BenchRun run, BooksCheck check, DataSource dataSource, List<Result> results)
            throws Exception {
        long entries = count(dataSource);
        double counting = seconds(() -> count(dataSource));
        double checking = seconds(() -> require(check.full()));
        run.say("check: full %.1f s, count(*) %.2f s".formatted(checking, counting));
        double rate = entries / checking;
        results.add(
                new Result(
                        "check",
                        "full check of %,d entries".formatted(entries),
                        rate,
                        "entries/s",
                        "parallel count(*)",
                        counting / checking,
                        "≥ %,.0f entries/s".formatted(ENTRIES_PER_SECOND_MIN),
                        rate >= ENTRIES_PER_SECOND_MIN,
                        null));
    }

    private static CheckReport require(CheckReport report) {
        if (!report.consistent()) {
            throw new IllegalStateException("inconsistent: " + report.firstViolation());
        }
        return report;
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    private static long count(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(COUNT);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
