package digitalwallet.ledger.lane;

import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.posting.KnownStates;
import digitalwallet.ledger.posting.LaneSession;
import digitalwallet.ledger.posting.PostingResult;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one database session: takes everything queued as a batch, posts it, and begins
 * again. No timer: a lone command goes at once, and under load batches grow by themselves.
 */
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** A batch is one block, and a block is published at once: both must fit into memory. */
    private static final int BATCH_LENGTH_MAX = 4 * 1024 * 1024;

    private static final long IDLE_MILLIS = 50;
    private static final long RECONNECT_MILLIS_MIN = 100;
    private static final long RECONNECT_MILLIS_MAX = 1_000;

    private final DatabaseAddress address;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final LaneMetrics metrics;
    private final Admission admission;
    private final KnownStates known;
    private final Consumer<PostedBlock> posted;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Deque<Task> putOff = new ArrayDeque<>();
    private BatchEnd.InDoubtTasks inDoubt = BatchEnd.InDoubtTasks.NONE;
    private long pauseMillis;
    private volatile @Nullable Attempts attempts;
    private volatile State state = State.CONNECTING;
    private volatile boolean stopping;

    /** It has no session or no claim yet, takes commands, or has ended. */
    enum State {
        CONNECTING,
        SERVING,
        STOPPED
    }

    Lane(
            DatabaseAddress address,
            EngineSettings settings,
            InstantSource clock,
            LaneMetrics metrics,
            LockHolders holders,
            KnownStates known,
            Consumer<PostedBlock> posted) {
        this.address = address;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.known = known;
        this.posted = posted;
        admission = new Admission(this, holders, metrics, settings);
    }

    /** Adds a task to what waits. */
    void enqueue(Task task) {
        queue.add(task);
        if (state == State.STOPPED) {
            failQueued(new EngineUnavailableException("the wallet is shutting down"));
        }
    }

    int waiting() {
        return queue.size();
    }

    State state() {
        return state;
    }

    /** Whether it has waited for the database for long: then another gets what any can do. */
    boolean isStuck(long now) {
        var current = attempts;
        return current != null && current.isStuck(now);
    }

    /** Finishes what waits, then ends. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!isFinished()) {
            var lost = useOneSession();
            state = State.CONNECTING;
            attempts = null;
            admission.free();
            lost.ifPresent(this::reconnect);
        }
        state = State.STOPPED;
        failWaiting(new EngineUnavailableException("the wallet is shutting down"));
    }

    /** Returns how the session was lost; empty when the lane has finished. */
    private Optional<PostingResult.Lost> useOneSession() {
        try {
            return switch (open()) {
                case PostingResult.Lost lost -> Optional.of(lost);
                case LaneSession.Opened(var session, var landed) -> {
                    try (session) {
                        pauseMillis = 0;
                        // A caller who is told now may send again at once, and must not be refused.
                        state = State.SERVING;
                        settle(landed);
                        LOG.info("lane {} is serving", session.lane());
                        yield serve(session);
                    }
                }
            };
        } catch (RuntimeException | Error mistake) {
            // Also while connecting: a lane that ended here would never answer those who wait.
            return Optional.of(PostingResult.Lost.byMistake(mistake));
        }
    }

    private LaneSession.Opening open() {
        return LaneSession.open(
                address, settings.guards(), known, posted, inDoubt.batch(), clock.instant());
    }

    private void reconnect(PostingResult.Lost lost) {
        if (lost.reason() == PostingResult.Lost.Reason.MISTAKE) {
            LOG.error("a lane gave up its session", lost.cause());
        } else {
            LOG.warn("a lane lost its session: {}", lost.cause().toString());
        }
        // The first new session may fail while the database still buries the old one.
        if (pauseMillis > RECONNECT_MILLIS_MIN) {
            failWaiting(
                    new EngineUnavailableException("the database is unavailable", lost.cause()));
        }
        pause();
    }

    /** Now that it is known whether the batch landed, the tasks in doubt are told, or run again. */
    private void settle(boolean landed) {
        if (inDoubt.batch() == null) {
            return;
        }
        LOG.warn("a commit in doubt {}", landed ? "landed" : "did not land");
        if (landed) {
            inDoubt.answer();
        } else {
            inDoubt.tasks().reversed().forEach(putOff::addFirst);
        }
        inDoubt = BatchEnd.InDoubtTasks.NONE;
    }

    private Optional<PostingResult.Lost> serve(LaneSession session) {
        var current = new Attempts(session, admission, settings.limits(), clock, metrics);
        attempts = current;
        while (!isFinished()) {
            var first = next();
            if (first == null) {
                admission.free();
                var lost = session.rest();
                if (lost.isPresent()) {
                    return lost;
                }
                first = await();
            }
            if (first != null) {
                switch (new BatchRun(current, metrics).post(gather(first))) {
                    case BatchEnd.Done(var late) -> late.reversed().forEach(putOff::addFirst);
                    case BatchEnd.GaveUp gaveUp -> {
                        keep(gaveUp);
                        return Optional.of(gaveUp.lost());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** This task and everything that waits, oldest first, up to the limits of a batch. */
    private List<Task> gather(Task first) {
        var tasks = new ArrayList<Task>();
        int locksMax = admission.locksMax();
        int commands = 0;
        int locks = 0;
        int length = 0;
        for (var task = first; task != null; task = next()) {
            commands += task.commands();
            locks += task.plan().lockCount();
            length += task.plan().length();
            boolean isTooMuch = locks > locksMax || length > BATCH_LENGTH_MAX;
            if (isTooMuch && !tasks.isEmpty()) {
                putOff.addFirst(task);
                break;
            }
            tasks.add(task);
            if (commands >= settings.batchCommandsMax()) {
                break;
            }
        }
        return tasks;
    }

    private @Nullable Task next() {
        var task = putOff.poll();
        return task == null ? queue.poll() : task;
    }

    private @Nullable Task await() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping = true;
            return null;
        }
    }

    /**
     * Keeps the tasks of a lost session: those in doubt are settled on the next session, the others
     * run again. While batches shrink, they run again without limit; shrinking ends by itself.
     */
    private void keep(BatchEnd.GaveUp gaveUp) {
        boolean shrunk = admission.shrink(gaveUp.lost());
        for (var task : gaveUp.unanswered().reversed()) {
            if (shrunk || task.mayRunAgain()) {
                putOff.addFirst(task);
            } else {
                task.receiver()
                        .failed(new EngineUnavailableException("the database is unavailable"));
            }
        }
        inDoubt = gaveUp.inDoubt();
    }

    private boolean isFinished() {
        return stopping && queue.isEmpty() && putOff.isEmpty() && inDoubt.tasks().isEmpty();
    }

    private void failWaiting(RuntimeException fault) {
        for (var task = putOff.poll(); task != null; task = putOff.poll()) {
            task.receiver().failed(fault);
        }
        failQueued(fault);
        if (stopping) {
            var unknown =
                    new OutcomeUnknownException("the wallet stopped before the database told");
            inDoubt.tasks().forEach(task -> task.receiver().failed(unknown));
            inDoubt = BatchEnd.InDoubtTasks.NONE;
        }
    }

    private void failQueued(RuntimeException fault) {
        for (var task = queue.poll(); task != null; task = queue.poll()) {
            task.receiver().failed(fault);
        }
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pauseMillis = Math.clamp(2 * pauseMillis, RECONNECT_MILLIS_MIN, RECONNECT_MILLIS_MAX);
    }
}
