package digitalwallet.bench.suite;

import digitalwallet.bench.load.Books;
import digitalwallet.bench.load.TransferLoad;
import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Measured;
import digitalwallet.bench.measure.Pairs;
import digitalwallet.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;

/** Uniform transfers in process, beside the limit and the naive design. */
final class EngineBench implements Benchmark {

    private static final int WARM_UP_SECONDS = 12;
    private static final int WALLETS = 100_000;
    private static final int NAIVE_CONNECTIONS = 8;
    private static final String TRANSACTIONS = "SELECT count(*) FROM transaction";
    private static final String WAL_BYTES =
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";
    private static final String DISK_BYTES = "SELECT pg_database_size(current_database())";

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String description() {
        return "uniform transfers between 100,000 wallets, in process";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        var books = Books.withWallets(run.postgres(), WALLETS);
        var naive = new NaiveDesign(books, books.address().url(), WALLETS);
        naive.prepare();
        double naiveRate = naive.run(NAIVE_CONNECTIONS, 1, run.seconds());
        run.say("engine: naive design %.0f/s".formatted(naiveRate));
        for (int lanes = 1; lanes <= 2; lanes++) {
            measure(run, books, lanes, naiveRate, results);
        }
        storage(run, books, results);
        books.drop();
        return results;
    }

    /** What a transfer writes: to the write-ahead log, and to tables and indexes. */
    private static void storage(BenchRun run, Books books, List<Result> results) throws Exception {
        long transfers = books.number(TRANSACTIONS);
        long wal = books.number(WAL_BYTES);
        long disk = books.number(DISK_BYTES);
        try (var engine = books.engine(2)) {
            new TransferLoad(books, WALLETS, 0).measure(run, engine, 0);
        }
        double written = books.number(TRANSACTIONS) - transfers;
        double walBytes = (books.number(WAL_BYTES) - wal) / written;
        double diskBytes = (books.number(DISK_BYTES) - disk) / written;
        results.add(Result.plain("engine", "write-ahead log per transfer", walBytes, "bytes"));
        results.add(Result.plain("engine", "tables and indexes per transfer", diskBytes, "bytes"));
    }

    private static void measure(
            BenchRun run, Books books, int lanes, double naiveRate, List<Result> results)
            throws Exception {
        var load = new TransferLoad(books, WALLETS, 0);
        var limit = new CopyLimit(books, WALLETS);
        Pairs pairs;
        try (var engine = books.engine(lanes)) {
            pairs =
                    Pairs.of(
                            run,
                            "engine: %d lane(s)".formatted(lanes),
                            WARM_UP_SECONDS,
                            warmUp -> load.measure(run, engine, warmUp),
                            warmUp ->
                                    Measured.of(
                                            run,
                                            1 + run.seconds(),
                                            () -> limit.run(lanes, 1, run.seconds())));
        }
        books.verify();
        var what = "transfers, %d lane%s".formatted(lanes, lanes == 1 ? "" : "s");
        var rate = pairs.ours().perSecond();
        results.add(pairs.atLeast("engine", what, "COPY of the same rows", 0.6));
        results.add(pairs.comparison("engine", "the same rows by COPY"));
        results.add(
                Result.atLeast("engine", what, rate, "/s", "naive design", rate / naiveRate, 12));
    }
}
