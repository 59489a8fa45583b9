package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.decide.Decider;
import digitalwallet.ledger.posting.LaneSession;
import digitalwallet.ledger.posting.LoadedBatch;
import digitalwallet.ledger.posting.UnitPlan;
import digitalwallet.ledger.posting.WriteResult;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Posts tasks through one session: lock and load, decide, write, answer. Repeats what met
 * competition, halves what fails for no known reason until the culprit fails alone.
 */
final class BatchRun {

    private static final int CONFLICTS_MAX = 3;
    private static final int CONFLICTS_ALONE_MAX = 30;

    private final LaneSession session;
    private final Admission admission;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final LaneMetrics metrics;
    private final Deferrals deferrals;
    // What insists and is run one by one, but for the one that runs.
    private final Deque<Task> oneByOne = new ArrayDeque<>();
    private final Deque<List<Task>> chunks = new ArrayDeque<>();
    // Of the chunk that is being posted: all of it, what is tried now, what must wait. That is put
    // off only when the chunk is done: until then it may be tried again, in order.
    private List<Task> chunk = List.of();
    private List<Task> running = List.of();
    private final List<Task> late = new ArrayList<>();
    private List<UnitOutcome> decided = List.of();

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
        deferrals = new Deferrals(metrics);
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
        while (!chunks.isEmpty() || deferrals.isAnyInsisting()) {
            if (!chunks.isEmpty()) {
                repeat(chunks.remove());
            } else {
                insist();
            }
        }
        return deferrals.takePutOff();
    }

    /** Tasks that are certainly not in the books, in order, to be run on another session. */
    List<Task> unanswered() {
        var left = new ArrayList<Task>();
        left.addAll(inOrder(session.inDoubt() == null ? running : List.of()));
        left.addAll(oneByOne);
        left.addAll(deferrals.all());
        chunks.forEach(left::addAll);
        return left;
    }

    /** Tasks whose COMMIT got no answer, with the answers they get if it landed. */
    InDoubtTasks inDoubt() {
        return new InDoubtTasks(session.inDoubt(), running, decided);
    }

    private void repeat(List<Task> tasks) throws SQLException {
        var waiting = deferrals.all();
        chunk = tasks;
        running = tasks;
        for (int conflicts = 1; ; conflicts++) {
            var again = inOrder(running);
            late.clear();
            running = admission.admit(again, waiting, late);
            if (!running.isEmpty()) {
                var loaded = session.load(plans(running), conflicts > 1);
                keepRunnable(loaded);
                if (!running.isEmpty() && !settled(decideAndWrite(loaded), conflicts)) {
                    continue;
                }
            }
            break;
        }
        running = List.of();
        inOrder(running).forEach(deferrals::add);
        late.clear();
    }

    /** These tasks and what must wait, as they stand in the chunk. */
    private List<Task> inOrder(List<Task> tasks) {
        if (late.isEmpty()) {
            return tasks;
        }
        Set<Task> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(tasks);
        wanted.addAll(late);
        return chunk.stream().filter(wanted::contains).toList();
    }

    /**
     * Runs what was put off too often: waits for its locks while the lane holds nothing else. All
     * of it together, or else a busy account would have one batch for each of its commands; after a
     * conflict one by one.
     */
    private void insist() throws SQLException {
        running = deferrals.takeInsisting();
        chunk = running;
        metrics.insisted(running.size());
        if (running.size() == 1 || insistedTogether()) {
            insistOneByOne();
        }
        running = List.of();
    }

    /** Returns whether tasks are left. */
    private boolean insistedTogether() throws SQLException {
        running = running.stream().filter(Task::isWanted).toList();
        admission.admitAll(running);
        var result = decideAndWrite(session.loadInsisting(plans(running)));
        return switch (result) {
            case WriteResult.Conflict(var sqlState) -> {
                metrics.retried(sqlState);
                yield true;
            }
            case WriteResult.Refused _ -> true;
            case WriteResult.Overtaken _ -> !settled(result, 1);
            case WriteResult.Committed _,
                    WriteResult.Fenced _,
                    WriteResult.Lost _,
                    WriteResult.InDoubt _ -> {
                settled(result, 1);
                yield false;
            }
        };
    }

    private void insistOneByOne() throws SQLException {
        oneByOne.addAll(running);
        while (!oneByOne.isEmpty()) {
            var task = oneByOne.remove();
            running = List.of(task);
            for (int conflicts = 1; task.isWanted(); conflicts++) {
                admission.admitAll(running);
                if (settled(decideAndWrite(session.loadInsisting(plans(running))), conflicts)) {
                    break;
                }
            }
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
        var progress = Progress.of(running, decision.outcomes());
        if (decision.isEmpty() && progress.isEmpty()) {
            return new WriteResult.Committed();
        }
        var result = session.write(loaded, decision, progress, now);
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
            case WriteResult.Overtaken _ -> {
                metrics.overtaken();
                Progress.breakFeeds(running);
                yield false;
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
        var all = inOrder(running);
        late.clear();
        int half = all.size() / 2;
        chunks.addFirst(all.subList(half, all.size()));
        chunks.addFirst(all.subList(0, half));
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
                late.add(running.get(i));
            }
        }
        running = runnable;
    }

    static void answer(List<Task> tasks, Collection<UnitOutcome> outcomes) {
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
