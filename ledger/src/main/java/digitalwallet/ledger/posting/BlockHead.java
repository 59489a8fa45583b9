package digitalwallet.ledger.posting;

import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.decide.BatchDecision;
import java.util.HexFormat;

/** The last block of a lane: where its next one goes on from. */
final class BlockHead {

    private static final byte[] GENESIS = new byte[32];

    private final int lane;
    private final long height;
    private final byte[] hash;

    BlockHead(int lane, long height, byte[] hash) {
        this.lane = lane;
        this.height = height;
        this.hash = hash.clone();
    }

    /** A lane without blocks: height 0, a hash of 32 zero bytes. */
    static BlockHead genesis(int lane) {
        return new BlockHead(lane, 0, GENESIS);
    }

    /** The block that this decision has become. */
    PostedBlock posted(BatchDecision decision) {
        return new PostedBlock(
                lane,
                height,
                HexFormat.of().formatHex(hash),
                decision.transactions(),
                decision.entries());
    }

    int lane() {
        return lane;
    }

    long height() {
        return height;
    }

    byte[] hash() {
        return hash.clone();
    }
}
