package digitalwallet.ledger.lane;

import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.store.UnitPlan;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A unit of commands whose caller waits. */
final class Task {

    private final UnitPlan plan;
    private final Route route;
    private final CompletableFuture<GroupOutcome> answer;
    private int deferrals;
    private int lostRuns;

    Task(UnitPlan plan, Route route, CompletableFuture<GroupOutcome> answer) {
        this.plan = plan;
        this.route = route;
        this.answer = answer;
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

    /** Whether nobody waits any longer: a command whose caller was told "unknown" is never run. */
    boolean isAnswered() {
        return answer.isDone();
    }

    void answer(GroupOutcome outcome) {
        answer.complete(outcome);
    }

    void fail(RuntimeException fault) {
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
