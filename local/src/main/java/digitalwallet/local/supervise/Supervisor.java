package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps children running until it is told to stop. They start in stages: what a child needs is in
 * an earlier stage, and the children of one stage get ready side by side. Once all are ready, each
 * lives and dies for itself: one that dies too often stays down, and the others go on. The wallet's
 * children need no more than that, because each waits for those that it works with.
 */
public final class Supervisor {

    private static final Duration READY_PATIENCE = Duration.ofMinutes(5);
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long POLL_MILLIS = 100;

    private final List<List<Watched>> stages;
    private final List<Watched> children;
    private final Consumer<String> journal;
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    /**
     * One more child stays down.
     *
     * @param sentence says which, and why
     * @param all the names of all that stay down by now
     */
    public record Loss(String sentence, List<String> all) {}

    /**
     * For children that are not started yet.
     *
     * @param journal is told, in short sentences, what happens
     */
    public Supervisor(List<List<Child>> stages, Consumer<String> journal) {
        this.stages =
                stages.stream()
                        .map(
                                stage ->
                                        stage.stream()
                                                .map(child -> new Watched(child, journal))
                                                .toList())
                        .toList();
        this.children = this.stages.stream().flatMap(Collection::stream).toList();
        this.journal = journal;
    }

    /**
     * Starts all children, runs {@code whenReady}, and watches until {@link #requestStop}. However
     * it ends, the children are stopped by then.
     *
     * @param whenLost is told of each child that stays down
     * @throws LocalFailure when a child does not get ready, or none is left
     */
    public void run(Runnable whenReady, Consumer<Loss> whenLost) {
        try {
            for (var stage : stages) {
                stage.forEach(this::start);
                stage.forEach(this::awaitReady);
            }
            if (!isStopRequested()) {
                whenReady.run();
            }
            while (!pausedUntilStop()) {
                reviveAll(whenLost);
            }
        } finally {
            children.reversed().forEach(Watched::stop);
        }
    }

    /** Makes {@link #run} stop the children and return. From any thread. */
    public void requestStop() {
        stopRequested.countDown();
    }

    /** The names of the children that stay down. */
    public List<String> down() {
        return children.stream()
                .filter(Watched::isDown)
                .map(watched -> watched.child().name())
                .toList();
    }

    private void start(Watched watched) {
        if (!isStopRequested()) {
            journal.accept("starting " + watched.child().name());
            watched.child().start();
        }
    }

    private void awaitReady(Watched watched) {
        var child = watched.child();
        var deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        long silentUntil = System.nanoTime() + SILENCE_NANOS;
        var said = "";
        while (!child.isReady() && !isStopRequested()) {
            if (!child.isAlive()) {
                throw new LocalFailure(
                        watched.subject() + " ended while it started: " + child.lastWords() + ".");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LocalFailure(
                        watched.subject() + " does not get ready: " + child.lastWords() + ".");
            }
            if (System.nanoTime() - silentUntil > 0 && !said.equals(child.lastWords())) {
                // It may wait for a person, who would otherwise wait for it.
                said = child.lastWords();
                journal.accept(watched.subject() + " is not ready yet: " + said);
            }
            pausedUntilStop();
        }
    }

    /** What a child needs is tried first: without it, a start would only cost a life. */
    private void reviveAll(Consumer<Loss> whenLost) {
        for (var stage : stages) {
            for (var watched : stage) {
                if (!isStopRequested() && watched.revive(System.nanoTime())) {
                    lose(watched, whenLost);
                }
            }
            if (stage.stream().anyMatch(Watched::isAwaited)) {
                return;
            }
        }
    }

    private void lose(Watched watched, Consumer<Loss> whenLost) {
        var sentence =
                watched.subject()
                        + " keeps dying and stays down: "
                        + watched.child().lastWords()
                        + ".";
        journal.accept(sentence);
        whenLost.accept(new Loss(sentence, down()));
        if (children.stream().allMatch(Watched::isDown)) {
            throw new LocalFailure("Nothing is left that runs, so the wallet stops.");
        }
    }

    private boolean isStopRequested() {
        return stopRequested.getCount() == 0;
    }

    private boolean pausedUntilStop() {
        try {
            return stopRequested.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            requestStop();
            return true;
        }
    }
}
