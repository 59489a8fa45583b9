package digitalwallet.ledger.lane;

import java.util.LinkedHashSet;

/**
 * Whether messages of a partition fail because of themselves, or because nothing can be posted. One
 * user's damaged wallet fails their messages only. But when the messages of many users fail and
 * hardly any is posted, no message is to blame.
 */
final class Faults {

    private static final int WEIGHT = 5;
    private static final int SCORE_MAX = 4 * WEIGHT;

    // One fault of another user weighs as much as five messages that are posted: after those its
    // user is forgotten.
    private final LinkedHashSet<String> users = new LinkedHashSet<>();
    private int score;
    private boolean proven;

    /**
     * Counts faults.
     *
     * @param proven whether messages are known to be posted; if not, none is to blame until one is
     */
    Faults(boolean proven) {
        this.proven = proven;
    }

    /**
     * A message of this user failed.
     *
     * @return whether so many have that no message is to blame
     */
    boolean failed(String user) {
        if (users.add(user)) {
            score += WEIGHT;
        }
        return score >= SCORE_MAX;
    }

    /** A message was posted. */
    void posted() {
        proven = true;
        if (score > 0) {
            score--;
            if (score % WEIGHT == 0) {
                users.removeFirst();
            }
        }
    }

    /** Whether a message that fails now is to blame for it. */
    boolean isProven() {
        return proven;
    }
}
