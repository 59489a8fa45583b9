package digitalwallet.ledger.publishing;

import digitalwallet.ledger.publishing.UnpublishedBlocks.Block;
import java.util.ArrayList;
import java.util.List;

/** Blocks of one lane that follow each other, from the first to the last. */
record BlockRange(int lane, long from, long to) {

    /**
     * These blocks as ranges.
     *
     * @param blocks each lane's together and in ascending order
     */
    static List<BlockRange> of(List<Block> blocks) {
        var ranges = new ArrayList<BlockRange>();
        for (var block : blocks) {
            var last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && last.lane == block.lane() && last.to + 1 == block.height()) {
                ranges.set(ranges.size() - 1, new BlockRange(last.lane, last.from, block.height()));
            } else {
                ranges.add(new BlockRange(block.lane(), block.height(), block.height()));
            }
        }
        return ranges;
    }
}
