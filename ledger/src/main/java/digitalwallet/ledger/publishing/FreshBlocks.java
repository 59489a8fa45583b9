package digitalwallet.ledger.publishing;

import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.publishing.UnpublishedBlocks.Block;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that the lanes of this instance posted a moment ago, so that its publisher need not
 * read them back. Only a help: the books say which blocks there are and what their hashes are, and
 * a block that is not here, or has another hash here, is read from the books. Bounded by bytes; the
 * oldest blocks go first. Keeps nothing while this instance does not publish.
 */
public final class FreshBlocks implements Consumer<PostedBlock> {

    /** A block with the memory it takes, about. */
    record Kept(PostedBlock block, long bytes) {}

    private final long bytesMax;
    private final Counter dropped;
    private final SequencedMap<Place, Kept> oldestFirst = new LinkedHashMap<>();
    private long bytes;
    private boolean wanted;

    /**
     * Keeps nothing yet.
     *
     * @param bytesMax about how much memory the blocks may take
     */
    public FreshBlocks(long bytesMax, MeterRegistry registry) {
        this.bytesMax = bytesMax;
        Gauge.builder("wallet_events_fresh_bytes", this, FreshBlocks::bytes)
                .description("Memory of blocks that wait for the publisher, about")
                .strongReference(true)
                .register(registry);
        dropped =
                Counter.builder("wallet_events_fresh_dropped")
                        .description("Blocks that the publisher must read back for lack of memory")
                        .register(registry);
    }

    /** A lane has committed this block. */
    @Override
    public synchronized void accept(PostedBlock block) {
        if (!wanted || block.transactions().isEmpty()) {
            return;
        }
        var place = new Place(block.lane(), block.height());
        var kept = new Kept(block, BlockBytes.of(block));
        remove(place);
        oldestFirst.put(place, kept);
        bytes += kept.bytes;
        while (bytes > bytesMax) {
            remove(oldestFirst.firstEntry().getKey());
            dropped.increment();
        }
    }

    /** From now on this instance publishes, or no longer does. */
    synchronized void wanted(boolean now) {
        wanted = now;
        if (!now) {
            oldestFirst.clear();
            bytes = 0;
        }
    }

    /** What this block is made of; null when it must be read from the books. */
    synchronized @Nullable Kept find(Block block) {
        var kept = oldestFirst.get(block.place());
        return kept != null && kept.block.hash().equals(block.hash()) ? kept : null;
    }

    /** These are published, or read by the publisher: they are not asked for any more. */
    synchronized void forget(Map<Integer, Long> upTo) {
        while (!oldestFirst.isEmpty() && oldestFirst.firstEntry().getKey().isWithin(upTo)) {
            remove(oldestFirst.firstEntry().getKey());
        }
    }

    private void remove(Place place) {
        var kept = oldestFirst.remove(place);
        if (kept != null) {
            bytes -= kept.bytes;
        }
    }

    private synchronized long bytes() {
        return bytes;
    }
}
