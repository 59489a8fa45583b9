package digitalwallet.ledger.database;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.DigestKey;
import java.util.UUID;

/** Up to which block a lane's blocks are published as events. */
public record PublishedBlock(int lane, long height) {

    /** The number of the last lane of which anything is published; 0 when there is none. */
    public static final String LANES = "SELECT coalesce(max(lane), 0) FROM published_block";

    /**
     * The seal of whoever has published it.
     *
     * @param hash the block's
     */
    public UUID seal(DigestKey key, byte[] hash) {
        return key.seal(
                new Digest().text("published_block").number(lane).number(height).bytes(hash));
    }
}
