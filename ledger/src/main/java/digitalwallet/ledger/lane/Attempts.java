package digitalwallet.ledger.lane;

import digitalwallet.ledger.database.QueueProgress;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.decide.Decider;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.posting.LaneSession;
import digitalwallet.ledger.posting.LoadedBatch;
import digitalwallet.ledger.posting.PostingResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tries to post chunks through one session: admit, lock and load, decide, write. */
final class Attempts {

    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NOT_WAITING = 0;

    private final LaneSession session;
    private final Admission admission;
    private final Limits limits;
    private final InstantSource clock;
    private final LaneMetrics metrics;
    private volatile long waitingSince = NOT_WAITING;

    Attempts(
            LaneSession session,
            Admission admission,
            Limits limits,
            InstantSource clock,
            LaneMetrics metrics) {
        this.session = session;
        this.admission = admission;
        this.limits = limits;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Tries once.
     *
     * @param waiting tasks put off earlier: nothing of their users may overtake them
     */
    Attempt make(Attempt.Chunk chunk, Collection<Task> waiting) {
        var late = new ArrayList<Task>();
        var admitted =
                chunk.insisting()
                        ? admission.admitAll(chunk.tasks())
                        : admission.admit(chunk.tasks(), waiting, late);
        if (admitted.isEmpty()) {
            return Attempt.ofNothing(chunk, late);
        }
        try {
            return post(chunk, admitted, late);
        } catch (RuntimeException | Error mistake) {
            // An unforeseen fault. A task that was handed to another lane belongs to that lane, and
            // is not tried again here.
            return Attempt.undecided(chunk, admitted, late, PostingResult.Lost.byMistake(mistake));
        }
    }

    private Attempt post(Attempt.Chunk chunk, List<Task> admitted, List<Task> late) {
        return switch (load(chunk, admitted)) {
            case LoadedBatch loaded -> {
                goOn();
                var ran = runnable(admitted, loaded, late);
                yield ran.isEmpty()
                        ? Attempt.ofNothing(chunk, late)
                        : decideAndWrite(chunk, ran, late, loaded);
            }
            case PostingResult.NotLoaded fault -> Attempt.undecided(chunk, admitted, late, fault);
        };
    }

    private PostingResult.Loading load(Attempt.Chunk chunk, List<Task> admitted) {
        var plans = admitted.stream().map(Task::plan).toList();
        waits(chunk.insisting());
        return chunk.insisting()
                ? session.loadInsisting(plans)
                : session.load(plans, chunk.tries() > 1 || chunk.timeOuts() > 0);
    }

    /** The database is asked; if a chunk insists, it may wait for somebody's locks. */
    private void waits(boolean insisting) {
        if (waitingSince == NOT_WAITING) {
            long since = System.nanoTime() - (insisting ? STUCK_NANOS + 1 : 0);
            waitingSince = since == NOT_WAITING ? since - 1 : since;
        }
    }

    /** It is not waited for the database any more: something was got, or given up. */
    void goOn() {
        waitingSince = NOT_WAITING;
    }

    /**
     * Whether the database has been asked for long and in vain, over several tries perhaps, or
     * somebody's locks are waited for.
     *
     * @param now in nanoseconds, of {@link System#nanoTime}
     */
    boolean isStuck(long now) {
        long since = waitingSince;
        return since != NOT_WAITING && now - since > STUCK_NANOS;
    }

    private static List<Task> runnable(
            List<Task> admitted, LoadedBatch loaded, Collection<Task> late) {
        if (loaded.runnable().cardinality() == admitted.size()) {
            return admitted;
        }
        var runnable = new ArrayList<Task>(admitted.size());
        for (int i = 0; i < admitted.size(); i++) {
            if (loaded.runnable().get(i)) {
                runnable.add(admitted.get(i));
            } else {
                late.add(admitted.get(i));
            }
        }
        return runnable;
    }

    private Attempt decideAndWrite(
            Attempt.Chunk chunk, List<Task> ran, List<Task> late, LoadedBatch loaded) {
        long begun = System.nanoTime();
        var now = clock.instant();
        BatchDecision decision;
        Optional<List<QueueProgress>> progress;
        try {
            decision = decide(ran, loaded, now);
            progress = Progress.of(ran, decision.outcomes(), now);
        } catch (RuntimeException | Error mistake) {
            // Also an error: nothing has been written, so the command that causes it can be found.
            return Attempt.undecided(
                    chunk, ran, late, new PostingResult.Refused("decision", mistake));
        }
        if (progress.isEmpty()) {
            return Attempt.undecided(chunk, ran, late, new PostingResult.Overtaken());
        }
        var result = write(loaded, decision, progress.get(), now, begun);
        return new Attempt(chunk, ran, late, decision.outcomes(), result);
    }

    private BatchDecision decide(List<Task> ran, LoadedBatch loaded, Instant now) {
        return Decider.decide(
                loaded.view(),
                ran.stream().map(task -> task.plan().unit()).toList(),
                session.lane(),
                now,
                limits);
    }

    private PostingResult write(
            LoadedBatch loaded,
            BatchDecision decision,
            List<QueueProgress> progress,
            Instant now,
            long begun) {
        if (decision.isEmpty() && progress.isEmpty()) {
            return new PostingResult.Committed();
        }
        waits(false);
        var result = session.write(loaded, decision, progress, now);
        if (result instanceof PostingResult.Committed) {
            goOn();
            metrics.committed(
                    decision.transactions().size(),
                    session.roundTrips(),
                    System.nanoTime() - begun);
        }
        return result;
    }
}
