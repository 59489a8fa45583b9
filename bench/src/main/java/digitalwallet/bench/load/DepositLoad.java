package digitalwallet.bench.load;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.money.Money;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Fills books with deposits as fast as the engine takes them. */
public final class DepositLoad {

    private static final int IN_FLIGHT = 6_000;

    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final LongAdder refused = new LongAdder();
    private final Books books;
    private final PostingEngine engine;

    public DepositLoad(Books books, PostingEngine engine) {
        this.books = books;
        this.engine = engine;
    }

    /** That many deposits, each for the user the function says; returns when all are posted. */
    public void run(int deposits, IntFunction<String> user) throws InterruptedException {
        for (int i = 0; i < deposits; i++) {
            free.acquire();
            var deposit =
                    new Command.Deposit(Books.header(null), user.apply(i), new Money(1, Books.USD));
            var _ = engine.submit(deposit).whenComplete((outcome, _) -> answered(outcome));
        }
        free.acquire(IN_FLIGHT);
        free.release(IN_FLIGHT);
        if (refused.sum() > 0) {
            throw new IllegalStateException(refused.sum() + " deposits were not posted");
        }
    }

    private void answered(@Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Posted) {
            books.accepted(1);
        } else {
            refused.increment();
        }
        free.release();
    }
}
