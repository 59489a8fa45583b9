package digitalwallet.ledger.publishing;

import java.util.Map;

/** Where a block stands in the journal. */
record Place(int lane, long height) {

    /** Whether these ends, by lane, leave it out no more. */
    boolean isWithin(Map<Integer, Long> ends) {
        return height <= ends.getOrDefault(lane, 0L);
    }
}
