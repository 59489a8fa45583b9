package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;
import java.util.function.Consumer;

/** A child with its budget of restarts: what becomes of it is no matter of the others. */
final class Watched {

    private final Child child;
    private final Consumer<String> journal;
    private final RestartBudget budget = new RestartBudget();
    private boolean dead;
    private boolean down;
    private long startNanoTime;

    Watched(Child child, Consumer<String> journal) {
        this.child = child;
        this.journal = journal;
    }

    Child child() {
        return child;
    }

    /** Whether it has died too often, and is not started any more. */
    boolean isDown() {
        return down;
    }

    /** Whether it is to be started again and has not been yet. */
    boolean isAwaited() {
        return dead && !down;
    }

    /** How a sentence about it begins: names have no article. */
    String subject() {
        var isName = Character.isUpperCase(child.name().charAt(0));
        return isName ? child.name() : "The " + child.name();
    }

    /**
     * Looks whether it has died, and starts it again when it is time for that.
     *
     * @param nanoTime of {@link System#nanoTime()}
     * @return whether it was found to have died once too often
     */
    boolean revive(long nanoTime) {
        if (down || (!dead && child.isAlive())) {
            return false;
        }
        if (!dead) {
            dead = true;
            journal.accept(child.name() + " died: " + child.lastWords());
            var pause = budget.died(nanoTime);
            down = pause.isEmpty();
            if (down) {
                return true;
            }
            startNanoTime = nanoTime + pause.get().toNanos();
        }
        if (nanoTime - startNanoTime >= 0) {
            startAgain();
        }
        return false;
    }

    private void startAgain() {
        // If it cannot be started, the next round counts that as a death.
        dead = false;
        try {
            child.start();
            journal.accept(child.name() + " was started again");
        } catch (LocalFailure failure) {
            journal.accept(failure.getMessage());
        } catch (RuntimeException failure) {
            // Whatever is wrong with this one, the others go on.
            journal.accept(child.name() + " cannot be started: " + failure);
        }
    }

    void stop() {
        journal.accept("stopping " + child.name());
        try {
            child.stop();
        } catch (RuntimeException failure) {
            // The others must end all the same.
            journal.accept(child.name() + " did not stop: " + failure.getMessage());
        }
    }
}
