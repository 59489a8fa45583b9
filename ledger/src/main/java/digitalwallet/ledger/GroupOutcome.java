package digitalwallet.ledger;

import java.util.List;

/**
 * What became of commands that are posted together or not at all.
 *
 * @param outcomes one per command when all were posted; otherwise only that of the failing one
 * @param failedIndex which command failed, from 0; -1 when all were posted
 */
public record GroupOutcome(List<Outcome> outcomes, int failedIndex) {

    /** All of them are in the books. */
    public static GroupOutcome posted(List<Outcome> outcomes) {
        return new GroupOutcome(List.copyOf(outcomes), -1);
    }

    /** None of them is, because of this one. */
    public static GroupOutcome failed(int index, Outcome outcome) {
        return new GroupOutcome(List.of(outcome), index);
    }

    /** Whether all of them are in the books. */
    public boolean isPosted() {
        return failedIndex < 0;
    }

    /** Whether they are not what their transaction ids stand for already. */
    public boolean isIdTaken() {
        return !isPosted() && first() instanceof Outcome.IdTaken;
    }

    /** The outcome of the only, or of the failing command. */
    public Outcome first() {
        return outcomes.getFirst();
    }
}
