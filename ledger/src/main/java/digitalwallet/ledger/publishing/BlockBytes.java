package digitalwallet.ledger.publishing;

import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.publishing.UnpublishedBlocks.Block;
import java.sql.Connection;
import java.sql.SQLException;
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

    // A range per lane; the length of a large value is read without the value.
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

    private record Range(int lane, long low, long high) {}

    private final Map<Place, Long> details = new HashMap<>();

    private BlockBytes() {}

    /** Of one that this instance has in memory. */
    static long of(PostedBlock block) {
        return TRANSACTION_BYTES * block.transactions().size() + detailBytes(block);
    }

    private static long detailBytes(PostedBlock block) {
        return block.transactions().stream().mapToLong(each -> each.details().length()).sum();
    }

    /** Of these; the books are asked about those that are not in memory. */
    static BlockBytes of(Connection connection, List<Block> blocks, FreshBlocks fresh)
            throws SQLException {
        var bytes = new BlockBytes();
        var unknown = new HashMap<Integer, Range>();
        for (var block : blocks) {
            var posted = fresh.find(block);
            if (posted != null) {
                bytes.details.put(block.place(), detailBytes(posted));
            } else if (block.transactions() > 0) {
                unknown.merge(
                        block.lane(),
                        new Range(block.lane(), block.height(), block.height()),
                        (below, next) -> new Range(below.lane, below.low, next.high));
            }
        }
        if (!unknown.isEmpty()) {
            bytes.ask(connection, List.copyOf(unknown.values()));
        }
        return bytes;
    }

    private void ask(Connection connection, List<Range> ranges) throws SQLException {
        DETAILS.list(
                        connection,
                        statement -> {
                            statement.setArray(
                                    1,
                                    connection.createArrayOf(
                                            "integer", ranges.stream().map(Range::lane).toArray()));
                            statement.setArray(
                                    2,
                                    connection.createArrayOf(
                                            "bigint", ranges.stream().map(Range::low).toArray()));
                            statement.setArray(
                                    3,
                                    connection.createArrayOf(
                                            "bigint", ranges.stream().map(Range::high).toArray()));
                        },
                        row ->
                                new Details(
                                        new Place(row.getInt(1), row.getLong(2)), row.getLong(3)))
                .forEach(each -> details.put(each.place, each.bytes));
    }

    /** Of one of these. */
    long of(Block block) {
        return TRANSACTION_BYTES * block.transactions() + details.getOrDefault(block.place(), 0L);
    }
}
