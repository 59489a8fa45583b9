package digitalwallet.ledger;

/** Checks that are always on: what fails here is a mistake in the program, never in its input. */
public final class Invariant {

    private Invariant() {}

    /**
     * Stops at once when something that must be true is not.
     *
     * @throws IllegalStateException naming what was violated
     */
    public static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalStateException("invariant violated: " + rule);
        }
    }
}
