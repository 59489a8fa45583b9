package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.decide.Decider;
import digitalwallet.ledger.store.LaneSession;
import digitalwallet.ledger.store.LoadedBatch;
import digitalwallet.ledger.store.UnitPlan;
import digitalwallet.ledger.store.WriteResult;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Posts tasks through one session: lock and load, decide, write, answer. Repeats what met
 * competition, halves what fails for no known reason until the culprit fails alone.
 */
final class BatchRun {

    private static final int CONFLICTS_MAX = 3;
    private static final int CONFLICTS_ALONE_MAX = 30;
    private static final int DEFERRALS_MAX = 3;

    private final LaneSession session;
    private final Admission admission;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final LaneMetrics metrics;
    private final List<Task> putOff = new ArrayList<>();
    private final Deque<Task> insisting = new ArrayDeque<>();
    private final Deque<List<Task>> chunks = new ArrayDeque<>();
    private List<Task> running = List.of();
    private List<GroupOutcome> decided = List.of();

    BatchRun(
            LaneSession session,
            Admission admission,
            EngineSettings settings,
            InstantSource clock,
            LaneMetrics metrics) {
        this.session = session;
        this.admission = admission;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Posts these tasks and answers their callers.
     *
     * @return those that must wait for the lane's next batch, in order
     * @throws SQLException when the session is of no more use; {@link #unanswered()} and {@link
     *     #inDoubt()} tell what is left
     */
    List<Task> post(List<Task> tasks) throws SQLException {
        chunks.add(tasks);
        while (!chunks.isEmpty() || !insisting.isEmpty()) {
            if (!chunks.isEmpty()) {
                repeat(chunks.remove());
            } else {
                insist();
            }
        }
        var left = List.copyOf(putOff);
        putOff.clear();
        return left;
    }

    /** Tasks that are certainly not in the books, in order, to be run on another session. */
    List<Task> unanswered() {
        var left = new ArrayList<Task>();
        if (session.inDoubt() == null) {
            left.addAll(running);
        }
        left.addAll(insisting);
        left.addAll(putOff);
        chunks.forEach(left::addAll);
        return left;
    }

    /** Tasks whose COMMIT got no answer, with the answers they get if it landed. */
    InDoubtTasks inDoubt() {
        return new InDoubtTasks(session.inDoubt(), running, decided);
    }

    private void repeat(List<Task> chunk) throws SQLException {
        running = chunk;
        for (int conflicts = 1; ; conflicts++) {
            var waiting = new ArrayList<>(putOff);
            waiting.addAll(insisting);
            var refusedHere = new ArrayList<Task>();
            running = admission.admit(running, waiting, refusedHere);
            refusedHere.forEach(this::defer);
            if (running.isEmpty()) {
                return;
            }
            var loaded = session.load(plans(running));
            keepRunnable(loaded);
            if (running.isEmpty() || settled(decideAndWrite(loaded), conflicts)) {
                running = List.of();
                return;
            }
        }
    }

    /**
     * Runs what was put off too often: waits for its locks while the lane holds nothing else. All
     * of it together, or else a busy account would have one batch for each of its commands; after a
     * conflict one by one.
     */
    private void insist() throws SQLException {
        running = List.copyOf(insisting);
        insisting.clear();
        metrics.insisted(running.size());
        if (running.size() == 1 || insistedTogether()) {
            insistOneByOne();
        }
        running = List.of();
    }

    /** Returns whether tasks are left. */
    private boolean insistedTogether() throws SQLException {
        running = running.stream().filter(task -> !task.isAnswered()).toList();
        admission.admitAll(running);
        var result = decideAndWrite(session.loadInsisting(plans(running)));
        if (result instanceof WriteResult.Conflict conflict) {
            metrics.retried(conflict.sqlState());
            return true;
        }
        settled(result, 1);
        return false;
    }

    private void insistOneByOne() throws SQLException {
        var left = new ArrayDeque<>(running);
        while (!left.isEmpty()) {
            var task = left.remove();
            running = List.of(task);
            insisting.addAll(left);
            for (int conflicts = 1; !task.isAnswered(); conflicts++) {
                admission.admitAll(running);
                if (settled(decideAndWrite(session.loadInsisting(plans(running))), conflicts)) {
                    break;
                }
            }
            insisting.clear();
        }
    }

    private static List<UnitPlan> plans(List<Task> tasks) {
        return tasks.stream().map(Task::plan).toList();
    }

    private WriteResult decideAndWrite(LoadedBatch loaded) throws SQLException {
        long begun = System.nanoTime();
        var now = clock.instant();
        BatchDecision decision;
        try {
            decision =
                    Decider.decide(
                            loaded.view(),
                            running.stream().map(task -> task.plan().unit()).toList(),
                            session.lane(),
                            now,
                            settings.limits());
        } catch (RuntimeException mistake) {
            return new WriteResult.Refused(new SQLException("the decision failed", mistake));
        }
        decided = decision.outcomes();
        return write(loaded, decision, now, begun);
    }

    private WriteResult write(LoadedBatch loaded, BatchDecision decision, Instant now, long begun)
            throws SQLException {
        if (decision.isEmpty()) {
            return new WriteResult.Committed();
        }
        var result = session.write(loaded, decision, now);
        if (result instanceof WriteResult.Committed) {
            metrics.committed(
                    decision.transactions().size(),
                    session.roundTrips(),
                    System.nanoTime() - begun);
        }
        return result;
    }

    /** Acts on a result; returns false when the running tasks are to be tried again. */
    private boolean settled(WriteResult result, int conflicts) throws SQLException {
        return switch (result) {
            case WriteResult.Committed _ -> {
                answer(running, decided);
                yield true;
            }
            case WriteResult.Conflict conflict -> {
                metrics.retried(conflict.sqlState());
                yield !isWorthAnotherTry(conflicts);
            }
            case WriteResult.Refused refused -> {
                metrics.retried(String.valueOf(refused.cause().getSQLState()));
                halveOrFail(new IllegalStateException("posting failed", refused.cause()));
                yield true;
            }
            case WriteResult.Fenced _ -> throw new SQLException("another writer has this lane");
            case WriteResult.Lost lost -> throw lost.cause();
            case WriteResult.InDoubt inDoubt -> {
                metrics.inDoubt();
                throw inDoubt.cause();
            }
        };
    }

    private boolean isWorthAnotherTry(int conflicts) {
        if (running.size() > 1 ? conflicts >= CONFLICTS_MAX : conflicts >= CONFLICTS_ALONE_MAX) {
            halveOrFail(new EngineUnavailableException("too much competition for this wallet"));
            return false;
        }
        pause(Math.min(conflicts, 10));
        return true;
    }

    private void halveOrFail(RuntimeException fault) {
        if (running.size() == 1) {
            running.getFirst().fail(fault);
            return;
        }
        int half = running.size() / 2;
        chunks.addFirst(running.subList(half, running.size()));
        chunks.addFirst(running.subList(0, half));
    }

    private void keepRunnable(LoadedBatch loaded) {
        if (loaded.runnable().cardinality() == running.size()) {
            return;
        }
        var runnable = new ArrayList<Task>(running.size());
        for (int i = 0; i < running.size(); i++) {
            if (loaded.runnable().get(i)) {
                runnable.add(running.get(i));
            } else {
                defer(running.get(i));
            }
        }
        running = runnable;
    }

    /**
     * To the next batch; others after a while, and a group at once, insist instead, unless it is
     * behind something of its users.
     */
    private void defer(Task task) {
        metrics.deferred();
        int deferrals = task.deferred();
        if (deferrals >= DEFERRALS_MAX || (task.isGroup() && isFirst(task))) {
            insisting.add(task);
        } else {
            putOff.add(task);
        }
    }

    private boolean isFirst(Task task) {
        return putOff.stream().allMatch(other -> Collections.disjoint(other.users(), task.users()));
    }

    static void answer(List<Task> tasks, Collection<GroupOutcome> outcomes) {
        var next = outcomes.iterator();
        for (var task : tasks) {
            task.answer(next.next());
        }
    }

    private static void pause(int conflicts) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 2L + 2L * conflicts));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
