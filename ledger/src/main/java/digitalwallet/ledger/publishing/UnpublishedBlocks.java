package digitalwallet.ledger.publishing;

import digitalwallet.ledger.database.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** The blocks above given heights in one snapshot, of every lane the first so many. */
final class UnpublishedBlocks {

    /** So many blocks are looked at, spread over the lanes. */
    private static final int BLOCKS_MAX = 16_384;

    private static final int BLOCKS_OF_LANE_MIN = 256;

    // Lanes have the lowest free numbers, so that all up to the highest are few. Heights have no
    // gap, so that a range of them bounds the number of blocks.
    private static final String HIGHEST_LANE = "SELECT max(lane) FROM block";
    private static final String BLOCKS =
            """
            SELECT b.lane, b.height, b.transactions, b.created_at, b.hash
            FROM unnest(?::integer[], ?::bigint[]) AS k (lane, reached)
            JOIN block b ON b.lane = k.lane AND b.height > k.reached
                AND b.height <= k.reached + ?
            ORDER BY b.lane, b.height\
            """;
    private static final String HEIGHT = "SELECT max(height) FROM block WHERE lane = ?";

    /** A block that is not published. */
    record Block(int lane, long height, int transactions, Instant createdAt, String hash) {

        Place place() {
            return new Place(lane, height);
        }
    }

    private final Map<Integer, Long> reached;
    private final SortedMap<Integer, Deque<Block>> lanes = new TreeMap<>();
    private final int blocksOfLaneMax;
    private long unseen;

    private UnpublishedBlocks(Map<Integer, Long> reached, int blocksOfLaneMax) {
        this.reached = reached;
        this.blocksOfLaneMax = blocksOfLaneMax;
    }

    /** Those above these heights; a lane that is not named is looked at from its first block. */
    static UnpublishedBlocks read(Connection connection, Map<Integer, Long> reached)
            throws SQLException {
        int highest = highestLane(connection);
        var blocks =
                new UnpublishedBlocks(
                        reached, Math.max(BLOCKS_OF_LANE_MIN, BLOCKS_MAX / Math.max(1, highest)));
        if (highest > 0) {
            blocks.load(connection, highest);
        }
        return blocks;
    }

    private static int highestLane(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(HIGHEST_LANE);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void load(Connection connection, int highest) throws SQLException {
        var numbers = IntStream.rangeClosed(1, highest).boxed().toArray(Integer[]::new);
        var heights =
                IntStream.rangeClosed(1, highest)
                        .mapToObj(lane -> reached.getOrDefault(lane, 0L))
                        .toArray(Long[]::new);
        try (var statement = connection.prepareStatement(BLOCKS)) {
            statement.setArray(1, connection.createArrayOf("integer", numbers));
            statement.setArray(2, connection.createArrayOf("bigint", heights));
            statement.setInt(3, blocksOfLaneMax);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var block = block(rows);
                    lanes.computeIfAbsent(block.lane, _ -> new ArrayDeque<>()).add(block);
                }
            }
        }
        for (var blocks : lanes.values()) {
            if (blocks.size() == blocksOfLaneMax) {
                unseen += height(connection, blocks.getLast().lane) - blocks.getLast().height;
            }
        }
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(
                row.getInt(1),
                row.getLong(2),
                row.getInt(3),
                Query.instant(row, 4),
                HexFormat.of().formatHex(row.getBytes(5)));
    }

    private static long height(Connection connection, int lane) throws SQLException {
        try (var statement = connection.prepareStatement(HEIGHT)) {
            statement.setInt(1, lane);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /**
     * Up to which height of each lane to go for about so many transactions, and for at most so many
     * bytes unless the first block has more. By the blocks' times, because then few of them build
     * on one that is left out.
     */
    Map<Integer, Long> ends(int transactionsMax, long bytesMax, ToLongFunction<Block> bytesOf) {
        var next =
                new PriorityQueue<Deque<Block>>(
                        Comparator.comparing(lane -> lane.getFirst().createdAt));
        lanes.values().forEach(lane -> next.add(new ArrayDeque<>(lane)));
        var ends = new HashMap<>(reached);
        long transactions = 0;
        long bytes = 0;
        while (!next.isEmpty() && transactions < transactionsMax) {
            var lane = next.remove();
            var block = lane.removeFirst();
            bytes += bytesOf.applyAsLong(block);
            if (bytes > bytesMax && transactions > 0) {
                break;
            }
            transactions += block.transactions;
            ends.put(block.lane, block.height);
            if (!lane.isEmpty()) {
                next.add(lane);
            }
        }
        return ends;
    }

    /** Those up to these ends, each lane's in ascending order. */
    List<Block> upTo(Map<Integer, Long> ends) {
        return lanes.values().stream()
                .flatMap(Deque::stream)
                .filter(block -> block.place().isWithin(ends))
                .toList();
    }

    /** Up to the first unpublished block of each lane. */
    Map<Integer, Long> firstOfEach() {
        var ends = new HashMap<>(reached);
        lanes.forEach((lane, blocks) -> ends.put(lane, blocks.getFirst().height));
        return ends;
    }

    /** Whether these ends leave out none of the blocks of the snapshot. */
    boolean areAllWithin(Map<Integer, Long> ends) {
        return unseen == 0
                && lanes.values().stream()
                        .allMatch(
                                lane ->
                                        ends.getOrDefault(lane.getLast().lane, 0L)
                                                >= lane.getLast().height);
    }

    /** How much there is to publish. */
    Backlog backlog() {
        long blocks = 0;
        long transactions = 0;
        Instant oldest = null;
        for (var lane : lanes.values()) {
            for (var block : lane) {
                blocks++;
                transactions += block.transactions;
                if (oldest == null || block.createdAt.isBefore(oldest)) {
                    oldest = block.createdAt;
                }
            }
        }
        // What was not looked at is taken to be like what was.
        long estimated = blocks == 0 ? 0 : Math.multiplyExact(transactions, unseen) / blocks;
        return new Backlog(blocks + unseen, transactions + estimated, oldest);
    }
}
