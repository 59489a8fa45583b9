package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.UnitPlan;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A unit of commands whose caller waits. */
final class Task {

    private final UnitPlan plan;
    private final Route route;
    private final CompletableFuture<GroupOutcome> answer;
    private final @Nullable Delivery delivery;
    private int deferrals;
    private int lostRuns;

    /**
     * A task.
     *
     * @param delivery the queued message it is of; null when a caller waits
     */
    Task(
            UnitPlan plan,
            Route route,
            CompletableFuture<GroupOutcome> answer,
            @Nullable Delivery delivery) {
        this.plan = plan;
        this.route = route;
        this.answer = answer;
        this.delivery = delivery;
    }

    UnitPlan plan() {
        return plan;
    }

    /** Whose commands these are: what a user sends is run in order. */
    Set<String> users() {
        return plan.users();
    }

    Route route() {
        return route;
    }

    int commands() {
        return plan.unit().commands().size();
    }

    boolean isGroup() {
        return commands() > 1;
    }

    /** The queued message it is of, or null. */
    @Nullable Delivery delivery() {
        return delivery;
    }

    /**
     * Whether it is still to be run: a command whose caller was told "unknown" never is, nor is one
     * from a broken feed.
     */
    boolean isWanted() {
        if (delivery != null && delivery.feed().isBroken()) {
            answer.completeExceptionally(new EngineUnavailableException("the feed is broken"));
        }
        return !answer.isDone();
    }

    void answer(UnitOutcome outcome) {
        if (delivery != null) {
            delivery.settled(outcome);
        }
        switch (outcome) {
            case GroupOutcome group -> answer.complete(group);
            case UnitOutcome.IdTaken _ ->
                    answer.completeExceptionally(new IllegalStateException("its id is taken"));
        }
    }

    void fail(RuntimeException fault) {
        if (delivery != null) {
            delivery.failed(fault);
        }
        answer.completeExceptionally(fault);
    }

    /** Counts one more deferral. */
    int deferred() {
        return ++deferrals;
    }

    /** Counts one more run that a broken session ended. */
    int ranAgain() {
        return ++lostRuns;
    }
}
