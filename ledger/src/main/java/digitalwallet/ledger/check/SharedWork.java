package digitalwallet.ledger.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The steps of a full check, done by one thread per connection. */
final class SharedWork {

    private interface Step {
        void with(Connection connection) throws SQLException;
    }

    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final BooksCheck.Progress progress;
    private int all;

    SharedWork(BooksCheck.Progress progress) {
        this.progress = progress;
    }

    SharedWork addAll(WholeBooks whole) {
        add(whole::entries);
        add(whole::namedEntries);
        add(whole::accounts);
        return this;
    }

    SharedWork addAll(Journal journal) {
        for (var range : journal.ranges()) {
            add(connection -> journal.examine(connection, range));
        }
        return this;
    }

    /** Rows that can be smuggled in without changing any sum. */
    SharedWork addAll(Findings findings) {
        add(connection -> Smuggled.TRANSACTIONS.name(connection, findings));
        add(connection -> Smuggled.REFUND_SUMS.name(connection, findings));
        add(connection -> Smuggled.DETAILS.name(connection, findings));
        add(connection -> Smuggled.BANK_REFERENCES.name(connection, findings));
        add(connection -> Smuggled.PAYOUT_ENDS.name(connection, findings));
        add(
                connection -> {
                    findings.examined(
                            Rule.IDEMPOTENCY_KEYS_ARE_THOSE_ANSWERED,
                            Smuggled.count(connection, "idempotency"));
                    Smuggled.KEYS.name(connection, findings);
                    Smuggled.MISSING_KEYS.name(connection, findings);
                });
        return this;
    }

    private void add(Step step) {
        steps.add(step);
        all++;
    }

    /** Does everything; the first failure ends it. */
    void run(List<Connection> connections) throws SQLException {
        try (var threads = Executors.newFixedThreadPool(connections.size())) {
            var workers = new ArrayList<Callable<Boolean>>();
            for (var connection : connections) {
                workers.add(() -> work(connection));
            }
            for (var worker : threads.invokeAll(workers)) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the check was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean work(Connection connection) throws SQLException {
        try {
            for (var step = steps.poll(); step != null; step = steps.poll()) {
                step.with(connection);
                progress.done(done.incrementAndGet(), all);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            steps.clear();
            throw e;
        }
    }
}
