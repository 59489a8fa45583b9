package digitalwallet.ledger.publishing;

import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.publishing.UnpublishedBlocks.Block;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory the transactions of blocks take, about: known before they are read, so that what
 * is read at once can be bounded. Almost all that can be large about a transaction is its details.
 */
final class BlockBytes {

    /** A transaction, its entries and its events without details. */
    private static final long TRANSACTION_BYTES = 1_500;

    // The length of a large value is read without the value.
    private static final Query DETAILS =
            new Query(
                    """
                    SELECT t.lane, t.height, sum(octet_length(d.content))
                    FROM unnest(?::integer[], ?::bigint[], ?::bigint[]) AS k (lane, low, high)
                    JOIN transaction t ON t.lane = k.lane AND t.height BETWEEN k.low AND k.high
                    JOIN transaction_detail d ON d.transaction_id = t.id
                    GROUP BY t.lane, t.height\
                    """);

    private record Details(Place place, long bytes) {}

    private final Map<Place, Long> bytes = new HashMap<>();

    private BlockBytes() {}

    /** Of one that this instance has in memory. */
    static long of(PostedBlock block) {
        long bytes = TRANSACTION_BYTES * block.transactions().size();
        for (var transaction : block.transactions()) {
            bytes += transaction.details().length();
        }
        return bytes;
    }

    /**
     * Of these; the books are asked about those that are not in memory.
     *
     * @param blocks each lane's together and in ascending order
     */
    static BlockBytes of(Connection connection, List<Block> blocks, FreshBlocks fresh)
            throws SQLException {
        var all = new BlockBytes();
        var unknown = new ArrayList<Block>();
        for (var block : blocks) {
            var kept = fresh.find(block);
            all.bytes.put(
                    block.place(),
                    kept == null ? TRANSACTION_BYTES * block.transactions() : kept.bytes());
            if (kept == null && block.transactions() > 0) {
                unknown.add(block);
            }
        }
        if (!unknown.isEmpty()) {
            all.addDetails(connection, BlockRange.of(unknown));
        }
        return all;
    }

    private void addDetails(Connection connection, List<BlockRange> ranges) throws SQLException {
        var lanes = ranges.stream().map(BlockRange::lane).toArray();
        var low = ranges.stream().map(BlockRange::from).toArray();
        var high = ranges.stream().map(BlockRange::to).toArray();
        DETAILS.list(
                        connection,
                        statement -> {
                            statement.setArray(1, connection.createArrayOf("integer", lanes));
                            statement.setArray(2, connection.createArrayOf("bigint", low));
                            statement.setArray(3, connection.createArrayOf("bigint", high));
                        },
                        row ->
                                new Details(
                                        new Place(row.getInt(1), row.getLong(2)), row.getLong(3)))
                .forEach(details -> bytes.merge(details.place, details.bytes, Long::sum));
    }

    /** Of one of these. */
    long of(Block block) {
        return bytes.getOrDefault(block.place(), 0L);
    }
}
