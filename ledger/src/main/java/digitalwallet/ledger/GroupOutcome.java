package digitalwallet.ledger;

import java.util.List;

/** What became of commands that are posted together or not at all. */
public sealed interface GroupOutcome extends UnitOutcome {

    /**
     * All of them are in the books.
     *
     * @param outcomes one per command
     */
    record Posted(List<Outcome.Posted> outcomes) implements GroupOutcome {

        /** Copies the outcomes. */
        public Posted {
            outcomes = List.copyOf(outcomes);
        }

        @Override
        public Outcome first() {
            return outcomes.getFirst();
        }
    }

    /**
     * None of them is, because of one.
     *
     * @param index which command failed, from 0
     * @param because what became of it
     */
    record Failed(int index, Outcome.Refused because) implements GroupOutcome {

        @Override
        public Outcome first() {
            return because;
        }
    }

    /** The outcome of the only, or of the failing command. */
    Outcome first();
}
