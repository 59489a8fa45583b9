package digitalwallet.bench.load;

import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Measured;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.money.Money;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Random transfers with a key each, as many at once as the engine's batches can take. */
public final class TransferLoad {

    private static final int IN_FLIGHT = 6_000;

    private final Books books;
    private final int first;
    private final int wallets;
    private final int hotPercent;

    /**
     * Transfers between random wallets.
     *
     * @param hotPercent how many of a hundred go to one wallet
     */
    public TransferLoad(Books books, int wallets, int hotPercent) {
        this(books, 0, wallets, hotPercent);
    }

    /**
     * The same between a part of the wallets.
     *
     * @param first the number of the first one
     */
    public TransferLoad(Books books, int first, int wallets, int hotPercent) {
        this.books = books;
        this.first = first;
        this.wallets = wallets;
        this.hotPercent = hotPercent;
    }

    /** One random transfer with a key of its own. */
    public Command next() {
        var random = ThreadLocalRandom.current();
        int from = random.nextInt(1, wallets);
        int to = random.nextInt(100) < hotPercent ? 0 : random.nextInt(wallets);
        if (to == from) {
            to = 0;
        }
        var transfer =
                new Command.Transfer(
                        Books.header(null),
                        Books.user(first + from),
                        Books.user(first + to),
                        new Money(random.nextInt(1, 100), Books.USD));
        var key = IdempotencyKey.of("shop", transfer.id().toString(), transfer.fingerprint());
        return transfer.withKey(key);
    }

    /** Runs for the seconds of this run after a warm-up. */
    public Measured measure(BenchRun run, PostingEngine engine, int warmUpSeconds)
            throws Exception {
        return Measured.of(
                run,
                warmUpSeconds + run.seconds(),
                () -> run(engine, warmUpSeconds, run.seconds()));
    }

    /** Runs against an engine; returns posted transfers per second after the warm-up. */
    private double run(PostingEngine engine, int warmUpSeconds, int seconds)
            throws InterruptedException {
        var free = new Semaphore(IN_FLIGHT);
        var posted = new LongAdder();
        var others = new LongAdder();
        long begin = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
        long end = begin + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            free.acquire();
            var _ =
                    engine.submit(next())
                            .whenComplete(
                                    (outcome, fault) -> {
                                        long now = System.nanoTime();
                                        if (fault != null || !(outcome instanceof Outcome.Posted)) {
                                            others.increment();
                                        } else {
                                            books.accepted(1);
                                            if (now >= begin && now < end) {
                                                posted.increment();
                                            }
                                        }
                                        free.release();
                                    });
        }
        free.acquire(IN_FLIGHT);
        if (others.sum() > 0) {
            throw new IllegalStateException(others.sum() + " transfers were not posted");
        }
        return posted.sum() / (double) seconds;
    }
}
