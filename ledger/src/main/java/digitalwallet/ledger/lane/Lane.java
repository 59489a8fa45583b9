package digitalwallet.ledger.lane;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.posting.KnownStates;
import digitalwallet.ledger.posting.LaneSession;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one database session: takes everything queued as a batch, posts it, and begins
 * again. No timer: a lone command goes at once, and under load batches grow by themselves.
 */
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final String OUT_OF_SHARED_MEMORY = "53200";
    private static final int BATCH_LOCKS_MIN = 10;
    private static final int RUNS_MAX = 3;
    private static final long IDLE_MILLIS = 50;
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long RECONNECT_MILLIS_MIN = 100;
    private static final long RECONNECT_MILLIS_MAX = 1_000;

    private final DatabaseAddress address;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final LaneMetrics metrics;
    private final Admission admission;
    private final KnownStates known;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Deque<Task> putOff = new ArrayDeque<>();
    private InDoubtTasks inDoubt = InDoubtTasks.NONE;
    private int batchLocksMax;
    private volatile LaneState state = LaneState.CONNECTING;
    private volatile boolean stopping;

    Lane(
            DatabaseAddress address,
            EngineSettings settings,
            InstantSource clock,
            LaneMetrics metrics,
            LockHolders holders,
            KnownStates known) {
        this.address = address;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.known = known;
        batchLocksMax = settings.batchLocksMax();
        admission = new Admission(this, holders, metrics, settings.advisoryLocks());
    }

    /** Adds a task to what waits. */
    void enqueue(Task task) {
        queue.add(task);
        if (state == LaneState.STOPPED) {
            failQueued(new EngineUnavailableException("the wallet is shutting down"));
        }
    }

    /** How many tasks wait for the lane's next batch. */
    int waiting() {
        return queue.size();
    }

    LaneState state() {
        return state;
    }

    /** Finishes what waits, then ends. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        long pauseMillis = 0;
        while (!isFinished()) {
            try (var session = LaneSession.open(address, settings.advisoryLocks(), known)) {
                settle(session);
                session.claim(clock.instant());
                answerLanded();
                pauseMillis = 0;
                state = LaneState.SERVING;
                LOG.info("lane {} is serving", session.lane());
                serve(session);
                admission.free();
            } catch (SQLException | RuntimeException | Error e) {
                state = LaneState.CONNECTING;
                admission.free();
                LOG.warn("a lane lost its session: {}", e.toString());
                // The first new session may fail while the database still buries the old one.
                if (pauseMillis > RECONNECT_MILLIS_MIN) {
                    failWaiting(new EngineUnavailableException("the database is unavailable", e));
                }
                pauseMillis = pause(pauseMillis);
            }
        }
        state = LaneState.STOPPED;
        failWaiting(new EngineUnavailableException("the wallet is shutting down"));
    }

    private void serve(LaneSession session) throws SQLException {
        var run = new BatchRun(session, admission, settings, clock, metrics);
        try {
            long lastUse = System.nanoTime();
            while (!isFinished()) {
                var tasks = gather(session);
                if (!tasks.isEmpty()) {
                    run.post(tasks).reversed().forEach(putOff::addFirst);
                    lastUse = System.nanoTime();
                } else if (System.nanoTime() - lastUse > PING_NANOS) {
                    session.ping();
                    lastUse = System.nanoTime();
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            keep(run, session, hasShrunk(e));
            throw e;
        }
    }

    /** Halves the batches from now on when the database had no room for the locks of one. */
    private boolean hasShrunk(Throwable fault) {
        if (!(fault instanceof SQLException refused)
                || !OUT_OF_SHARED_MEMORY.equals(refused.getSQLState())
                || batchLocksMax == BATCH_LOCKS_MIN) {
            return false;
        }
        batchLocksMax = Math.max(BATCH_LOCKS_MIN, batchLocksMax / 2);
        LOG.warn(
                "the database has no room for more locks: batches of at most {} from now on; raise"
                        + " max_locks_per_transaction",
                batchLocksMax);
        return true;
    }

    /** Everything that waits, oldest first, up to the limits of a batch. */
    private List<Task> gather(LaneSession session) throws SQLException {
        var tasks = new ArrayList<Task>();
        int commands = 0;
        int locks = 0;
        while (commands < settings.batchCommandsMax()) {
            var task = next(session, tasks.isEmpty());
            if (task == null) {
                break;
            }
            commands += task.commands();
            locks += task.plan().lockCount();
            if (locks > batchLocksMax && !tasks.isEmpty()) {
                putOff.addFirst(task);
                break;
            }
            tasks.add(task);
        }
        return tasks;
    }

    private @Nullable Task next(LaneSession session, boolean wait) throws SQLException {
        var task = putOff.poll();
        if (task == null) {
            task = queue.poll();
        }
        if (task != null || !wait) {
            return task;
        }
        admission.free();
        session.unlock();
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping = true;
            return null;
        }
    }

    /**
     * After a broken session: what is in doubt is settled on the next one, what is not runs again;
     * for ever as long as batches shrink, which ends by itself.
     */
    private void keep(BatchRun run, LaneSession session, boolean shrunk) {
        var unanswered = run.unanswered();
        for (var task : unanswered.reversed()) {
            if (shrunk || task.ranAgain() < RUNS_MAX) {
                putOff.addFirst(task);
            } else {
                task.fail(new EngineUnavailableException("the database is unavailable"));
            }
        }
        if (session.inDoubt() != null) {
            inDoubt = run.inDoubt();
        }
    }

    private void settle(LaneSession session) throws SQLException {
        var batch = inDoubt.batch();
        if (batch == null) {
            return;
        }
        boolean landed = session.landed(batch, clock.instant());
        LOG.warn("a commit in doubt {}", landed ? "landed" : "did not land");
        if (!landed) {
            inDoubt.tasks().reversed().forEach(putOff::addFirst);
            inDoubt = InDoubtTasks.NONE;
        } else {
            inDoubt = new InDoubtTasks(null, inDoubt.tasks(), inDoubt.outcomes());
        }
    }

    private void answerLanded() {
        BatchRun.answer(inDoubt.tasks(), inDoubt.outcomes());
        inDoubt = InDoubtTasks.NONE;
    }

    private boolean isFinished() {
        return stopping && queue.isEmpty() && putOff.isEmpty() && inDoubt.tasks().isEmpty();
    }

    private void failWaiting(RuntimeException fault) {
        for (var task = putOff.poll(); task != null; task = putOff.poll()) {
            task.fail(fault);
        }
        failQueued(fault);
        if (stopping) {
            inDoubt.tasks()
                    .forEach(
                            task ->
                                    task.fail(
                                            new OutcomeUnknownException(
                                                    "the wallet stopped before the database"
                                                            + " told")));
            inDoubt = InDoubtTasks.NONE;
        }
    }

    private void failQueued(RuntimeException fault) {
        for (var task = queue.poll(); task != null; task = queue.poll()) {
            task.fail(fault);
        }
    }

    private static long pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Math.min(RECONNECT_MILLIS_MAX, Math.max(RECONNECT_MILLIS_MIN, 2 * millis));
    }
}
