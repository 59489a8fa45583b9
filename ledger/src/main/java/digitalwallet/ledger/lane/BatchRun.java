package digitalwallet.ledger.lane;

import digitalwallet.ledger.posting.PostingResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Posts one batch through one session: attempt after attempt, until all tasks are answered or put
 * off, or the session can no longer be used. Only {@link #next} says what follows on an attempt.
 */
final class BatchRun {

    private static final int TRIES_MAX = 3;
    private static final int TRIES_ALONE_MAX = 30;
    private static final int TIME_OUTS_MAX = 3;
    private static final int LONGEST_PAUSE_AFTER_TRIES = 10;

    private final Attempts attempts;
    private final LaneMetrics metrics;
    private final Deferrals deferrals;
    private final Deque<Attempt.Chunk> chunks = new ArrayDeque<>();

    BatchRun(Attempts attempts, LaneMetrics metrics) {
        this.attempts = attempts;
        this.metrics = metrics;
        deferrals = new Deferrals(metrics);
    }

    /** Posts these tasks, in this order, and tells their receivers. */
    BatchEnd post(List<Task> tasks) {
        var end = run(tasks);
        attempts.goOn();
        return end;
    }

    private BatchEnd run(List<Task> tasks) {
        chunks.add(Attempt.Chunk.of(tasks));
        while (true) {
            var chunk = nextChunk();
            if (chunk.tasks().isEmpty()) {
                return new BatchEnd.Done(deferrals.takePutOff());
            }
            var end = attempt(chunk);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /**
     * What is to be tried now; tasks that insist come last, when the lane has nothing else to try.
     */
    private Attempt.Chunk nextChunk() {
        if (!chunks.isEmpty()) {
            return chunks.remove();
        }
        var insisting = deferrals.takeInsisting();
        metrics.insisted(insisting.size());
        return Attempt.Chunk.insisting(insisting);
    }

    private Optional<BatchEnd> attempt(Attempt.Chunk chunk) {
        Attempt made = null;
        try {
            made = attempts.make(chunk, deferrals.all());
            return next(made);
        } catch (RuntimeException | Error mistake) {
            // An unforeseen fault: only another session can be trusted. Tasks whose receivers were
            // told already are not run again.
            var left = made == null ? chunk.tasks() : made.left();
            return Optional.of(gaveUp(chunk, left, PostingResult.Lost.byMistake(mistake)));
        }
    }

    /** Acts on how an attempt ended; returns the batch's end where it has come. */
    private Optional<BatchEnd> next(Attempt attempt) {
        switch (attempt.result()) {
            case PostingResult.Committed _ -> {
                attempt.answer();
                attempt.lateInOrder().forEach(deferrals::add);
            }
            case PostingResult.Conflict conflict -> {
                metrics.retried(conflict.reason());
                tryAgainOrHalve(attempt, conflict);
            }
            case PostingResult.TimedOut(var reason, var cause) -> {
                metrics.retried(reason);
                splitOrFail(attempt, cause);
            }
            case PostingResult.Overtaken _ -> {
                metrics.overtaken();
                Progress.breakOff(attempt.ran());
                tryAgain(attempt);
            }
            case PostingResult.Refused(var reason, var cause) -> {
                metrics.retried(reason);
                halveOrFail(attempt, new IllegalStateException("posting failed: " + reason, cause));
            }
            case PostingResult.Lost lost -> {
                return Optional.of(gaveUp(attempt.chunk(), attempt.left(), lost));
            }
            case PostingResult.InDoubt(var batch, var lost) -> {
                metrics.inDoubt();
                return Optional.of(
                        new BatchEnd.GaveUp(
                                lost,
                                unanswered(attempt.chunk(), attempt.lateInOrder()),
                                new BatchEnd.InDoubtTasks(
                                        batch, attempt.ran(), attempt.outcomes())));
            }
        }
        return Optional.empty();
    }

    private void tryAgainOrHalve(Attempt attempt, PostingResult.Conflict conflict) {
        int tries = attempt.chunk().tries();
        if (tries < (attempt.ran().size() > 1 ? TRIES_MAX : TRIES_ALONE_MAX)) {
            pause(tries);
            tryAgain(attempt);
        } else {
            halveOrFail(attempt, EngineUnavailableException.afterConflicts(conflict.isHeld()));
        }
    }

    /**
     * Each time-out keeps the lane for seconds. So a command that has met a few of them, the last
     * one alone, is not tried again.
     */
    private void splitOrFail(Attempt attempt, Exception cause) {
        var chunk = attempt.chunk();
        if (attempt.ran().size() == 1 && chunk.timeOuts() + 1 >= TIME_OUTS_MAX) {
            failAlone(attempt, EngineUnavailableException.afterTimeOuts(cause));
        } else {
            chunk.slowParts(attempt.left()).reversed().forEach(chunks::addFirst);
        }
    }

    private void tryAgain(Attempt attempt) {
        chunks.addFirst(attempt.chunk().again(attempt.left()));
    }

    /** Looks for the task that is to blame; the one that ran alone is. */
    private void halveOrFail(Attempt attempt, RuntimeException fault) {
        if (attempt.ran().size() == 1) {
            failAlone(attempt, fault);
        } else {
            attempt.chunk().halves(attempt.left()).reversed().forEach(chunks::addFirst);
        }
    }

    private void failAlone(Attempt attempt, RuntimeException fault) {
        attempt.ran().getFirst().receiver().failed(fault);
        attempt.lateInOrder().forEach(deferrals::add);
    }

    private BatchEnd gaveUp(Attempt.Chunk chunk, List<Task> left, PostingResult.Lost lost) {
        return new BatchEnd.GaveUp(lost, unanswered(chunk, left), BatchEnd.InDoubtTasks.NONE);
    }

    /**
     * The tasks that are not in the books, in order: those that insist, then those that were put
     * off, then those of the chunks that are left.
     *
     * @param left of this chunk
     */
    private List<Task> unanswered(Attempt.Chunk chunk, Collection<Task> left) {
        var rest = new ArrayList<>(left);
        chunks.forEach(other -> rest.addAll(other.tasks()));
        var all = new ArrayList<Task>();
        if (chunk.insisting()) {
            all.addAll(rest);
            all.addAll(deferrals.all());
        } else {
            all.addAll(deferrals.all());
            all.addAll(rest);
        }
        return all;
    }

    private static void pause(int tries) {
        int bound = 2 + 2 * Math.min(tries, LONGEST_PAUSE_AFTER_TRIES);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, bound));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
