package digitalwallet.ledger.posting;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.database.LaneConnection;
import digitalwallet.ledger.database.Table;
import digitalwallet.ledger.decide.BatchDecision;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A lane's part of the journal: its claim, its last block, and the settling of a lost COMMIT. */
final class LaneJournal {

    private static final int LANES_MAX = 1_000;

    // Advisory locks of the two-integer form: apart from those of accounts.
    private static final int CLAIMS = 0x57414C54;
    private static final String CLAIM_LANE =
            """
            SELECT n FROM generate_series(1, ?) AS n WHERE pg_try_advisory_lock(?, n) LIMIT 1\
            """;
    private static final String LAST_BLOCK =
            """
            SELECT height, hash FROM block WHERE lane = ? ORDER BY height DESC LIMIT 1\
            """;
    private static final String BLOCK_HASH = "SELECT hash FROM block WHERE lane = ? AND height = ?";

    private static final BatchDecision NOTHING =
            new BatchDecision(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of(), Map.of(), List.of());

    private LaneJournal() {}

    /** Claims the lowest free lane for this session and returns its last block. */
    static BlockHead claim(Connection connection) throws SQLException {
        int lane;
        try (var statement = connection.prepareStatement(CLAIM_LANE)) {
            statement.setInt(1, LANES_MAX);
            statement.setInt(2, CLAIMS);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("all " + LANES_MAX + " lanes are claimed");
                }
                lane = rows.getInt(1);
            }
        }
        try (var statement = connection.prepareStatement(LAST_BLOCK)) {
            statement.setInt(1, lane);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? new BlockHead(lane, rows.getLong(1), rows.getBytes(2))
                        : BlockHead.genesis(lane);
            }
        }
    }

    /** A block without transactions behind this one. */
    static BatchRows emptyBlock(BlockHead previous, Instant now, DigestKey key) {
        return new BatchRows(NOTHING, List.of(), previous, now, key);
    }

    /**
     * Settles whether a batch landed whose COMMIT got no answer: an empty block is inserted at its
     * height. The insert waits for the old writer if it still lives; if it succeeds, the batch can
     * never land; if the height is taken, the stored hash tells whose block it is. A plain read
     * would prove nothing.
     *
     * @return whether the batch is in the books
     * @throws SQLException when it could not be settled now: try again
     */
    static boolean landed(
            Connection connection, PostingResult.InDoubtBatch batch, Instant now, DigestKey key)
            throws SQLException {
        var empty = emptyBlock(batch.previous(), now, key);
        try (var statement =
                connection.prepareStatement(
                        Table.BLOCK.insertStatement() + " ON CONFLICT DO NOTHING")) {
            var values = new InsertRows();
            empty.writeBlock(values);
            values.bindAll(connection, statement);
            int inserted = statement.executeUpdate();
            LaneConnection.refuseWarnings(statement.getWarnings());
            return inserted == 0 && isStored(connection, batch.head());
        }
    }

    private static boolean isStored(Connection connection, BlockHead head) throws SQLException {
        try (var statement = connection.prepareStatement(BLOCK_HASH)) {
            statement.setInt(1, head.lane());
            statement.setLong(2, head.height());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the block that took the height is not visible yet");
                }
                return Arrays.equals(rows.getBytes(1), head.hash());
            }
        }
    }
}
