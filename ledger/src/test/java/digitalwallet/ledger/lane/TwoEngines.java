package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Two engines of two lanes each on one database, as two instances of the wallet would have. */
public final class TwoEngines implements AutoCloseable {

    /** What keeps commands apart that meet on an account. */
    public enum Guard {
        LOCKS_AND_VERSIONS,
        VERSIONS_ALONE
    }

    private static final int LANES = 2;

    private final EngineFixture books;
    private final PostingEngine first;
    private final PostingEngine second;

    private TwoEngines(EngineFixture books, PostingEngine first, PostingEngine second) {
        this.books = books;
        this.first = first;
        this.second = second;
    }

    public static TwoEngines on(PostgresVersion version, Guard guard) {
        var usual = EngineFixture.settings(LANES);
        var settings = guard == Guard.VERSIONS_ALONE ? usual.withoutAdvisoryLocks() : usual;
        var books = EngineFixture.books(version);
        return new TwoEngines(books, books.engine(settings), books.engine(settings));
    }

    public EngineFixture books() {
        return books;
    }

    /** Even numbers go to one engine, odd ones to the other. */
    public PostingEngine engine(int number) {
        return number % 2 == 0 ? first : second;
    }

    /** Posts one command and waits. */
    Outcome post(Command command) {
        return EngineFixture.await(first.submit(command));
    }

    /** Submits at the same moment from as many threads, to both engines; waits for all. */
    List<Outcome> race(int callers, IntFunction<Command> command) {
        return together(callers, i -> engine(i).submit(command.apply(i)));
    }

    /** The same with atomic groups. */
    List<GroupOutcome> raceTogether(int callers, IntFunction<List<Command>> commands) {
        return together(callers, i -> engine(i).submitAtomically(commands.apply(i)));
    }

    private static <T> List<T> together(int callers, IntFunction<CompletableFuture<T>> call) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<CompletableFuture<T>>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    await(start);
                                    return EngineFixture.await(call.apply(caller));
                                },
                                threads));
            }
            start.countDown();
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops both engines and checks the books. */
    @Override
    public void close() {
        first.close();
        second.close();
        BooksInvariants.check(books);
    }
}
