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
 * an earlier stage, and the children of one stage get ready side by side.
 */
public final class Supervisor {

    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final List<List<Child>> stages;
    private final List<Child> children;
    private final Consumer<String> journal;
    private final Deaths deaths = new Deaths();
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    /**
     * @param journal is told, in short sentences, what happens
     */
    public Supervisor(List<List<Child>> stages, Consumer<String> journal) {
        this.stages = List.copyOf(stages);
        this.children = stages.stream().flatMap(Collection::stream).toList();
        this.journal = journal;
    }

    /**
     * Starts all children, runs {@code whenReady}, and watches until {@link #requestStop}. However
     * it ends, the children are stopped by then.
     *
     * @throws LocalFailure when a child does not get ready, or children die too often
     */
    public void run(Runnable whenReady) {
        try {
            for (var stage : stages) {
                stage.forEach(this::start);
                stage.forEach(this::awaitReady);
            }
            if (!isStopRequested()) {
                whenReady.run();
            }
            while (!pausedUntilStop()) {
                children.forEach(this::revive);
            }
        } finally {
            children.reversed().forEach(this::stop);
        }
    }

    /** Makes {@link #run} stop the children and return. From any thread. */
    public void requestStop() {
        stopRequested.countDown();
    }

    private void start(Child child) {
        if (!isStopRequested()) {
            journal.accept("starting " + child.name());
            child.start();
        }
    }

    private void awaitReady(Child child) {
        var deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        while (!child.isReady() && !isStopRequested()) {
            if (!child.isAlive()) {
                throw new LocalFailure(
                        subject(child) + " ended while it started: " + child.lastWords() + ".");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LocalFailure(
                        subject(child) + " does not get ready: " + child.lastWords() + ".");
            }
            pausedUntilStop();
        }
    }

    /** How a sentence about a child begins: names have no article. */
    private static String subject(Child child) {
        var isName = Character.isUpperCase(child.name().charAt(0));
        return isName ? child.name() : "The " + child.name();
    }

    private void revive(Child child) {
        if (child.isAlive() || isStopRequested()) {
            return;
        }
        journal.accept(child.name() + " died: " + child.lastWords());
        if (deaths.add(System.nanoTime())) {
            throw new LocalFailure(
                    subject(child)
                            + " keeps dying, so the wallet stops: "
                            + child.lastWords()
                            + ".");
        }
        try {
            child.start();
            journal.accept(child.name() + " was started again");
        } catch (LocalFailure failure) {
            // It is still dead, so the next round counts a death and tries once more.
            journal.accept(failure.getMessage());
        }
    }

    private void stop(Child child) {
        journal.accept("stopping " + child.name());
        try {
            child.stop();
        } catch (RuntimeException failure) {
            // The others must end all the same.
            journal.accept(child.name() + " did not stop: " + failure.getMessage());
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
