package digitalwallet.ledger.decide;

import digitalwallet.ledger.Rejection;
import java.util.List;
import java.util.UUID;

/** What the rules say about one command. */
sealed interface Verdict {

    /** It may not be done. */
    record No(Rejection rejection) implements Verdict {}

    /**
     * It may be done, and this is what it does.
     *
     * @param moves at most one per account; the first is that of the user's wallet when their money
     *     moves
     * @param draws on purchases, of a refund
     */
    record Yes(List<Move> moves, List<Draw> draws) implements Verdict {}

    /** A part of a refund that counts against one purchase, in minor units; positive. */
    record Draw(UUID purchaseId, long amount) {}

    static Verdict no(Rejection rejection) {
        return new No(rejection);
    }

    static Verdict yes(List<Move> moves) {
        return new Yes(moves, List.of());
    }
}
