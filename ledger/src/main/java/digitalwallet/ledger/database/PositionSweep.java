package digitalwallet.ledger.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is behind the newest positions: of a queue's partition, stretches whose next one is
 * older than anybody goes on from without looking again ({@link QueuePosition}); of a lane, what is
 * published before its newest position. The newest always stay. It does so in small pieces.
 */
public final class PositionSweep {

    private static final Logger LOG = LoggerFactory.getLogger(PositionSweep.class);
    private static final int ROWS_PER_PIECE = 1_000;

    private static final String PARTITIONS =
            QueueProgress.EACH_PARTITION + "SELECT topic_id, partition FROM each";
    private static final String SWEEP_STRETCHES =
            """
            WITH oldest AS MATERIALIZED (
                SELECT from_offset, lane, height FROM queue_position
                WHERE topic_id = ? AND partition = ? ORDER BY from_offset LIMIT ?),
            passed AS (
                SELECT from_offset, lead(b.created_at) OVER (ORDER BY from_offset) AS next_at
                FROM oldest o LEFT JOIN block b ON b.lane = o.lane AND b.height = o.height)
            DELETE FROM queue_position
            WHERE topic_id = ? AND partition = ? AND from_offset IN (
                SELECT from_offset FROM passed
                WHERE next_at < clock_timestamp() - ? * interval '1 second')\
            """;
    private static final String SWEEP_PUBLISHED =
            """
            DELETE FROM published_block
            WHERE lane = ? AND height IN (
                SELECT height FROM published_block
                WHERE lane = ? AND height < (SELECT max(height) FROM published_block WHERE lane = ?)
                ORDER BY height LIMIT ?)\
            """;

    private final DataSource dataSource;

    private record Partition(UUID topicId, int number) {}

    /** A sweep with connections of this pool, each for one piece. */
    public PositionSweep(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Deletes all that may be.
     *
     * @return how many rows
     * @throws IllegalStateException when the database fails
     */
    public long run() {
        long deleted = 0;
        try {
            for (var partition : partitions()) {
                deleted += inPieces(connection -> sweep(connection, partition));
            }
            int lanes = lanes();
            for (int lane = 1; lane <= lanes; lane++) {
                int each = lane;
                deleted += inPieces(connection -> sweep(connection, each));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the sweep of positions was cut short", e);
        }
        if (deleted > 0) {
            LOG.info("{} positions behind the newest deleted", deleted);
        }
        return deleted;
    }

    /** Deletes at most a piece, and returns how many rows those were. */
    private interface Piece {
        int sweep(Connection connection) throws SQLException;
    }

    private long inPieces(Piece piece) throws SQLException {
        long all = 0;
        while (true) {
            try (var connection = dataSource.getConnection()) {
                int deleted = piece.sweep(connection);
                all += deleted;
                if (deleted < ROWS_PER_PIECE - 1) {
                    return all;
                }
            }
        }
    }

    private static int sweep(Connection connection, Partition partition) throws SQLException {
        try (var statement = connection.prepareStatement(SWEEP_STRETCHES)) {
            statement.setObject(1, partition.topicId());
            statement.setInt(2, partition.number());
            statement.setInt(3, ROWS_PER_PIECE);
            statement.setObject(4, partition.topicId());
            statement.setInt(5, partition.number());
            statement.setLong(6, QueuePosition.KEPT.toSeconds());
            return statement.executeUpdate();
        }
    }

    private static int sweep(Connection connection, int lane) throws SQLException {
        try (var statement = connection.prepareStatement(SWEEP_PUBLISHED)) {
            statement.setInt(1, lane);
            statement.setInt(2, lane);
            statement.setInt(3, lane);
            statement.setInt(4, ROWS_PER_PIECE);
            return statement.executeUpdate();
        }
    }

    private List<Partition> partitions() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(PARTITIONS);
                var rows = statement.executeQuery()) {
            var partitions = new ArrayList<Partition>();
            while (rows.next()) {
                partitions.add(new Partition(rows.getObject(1, UUID.class), rows.getInt(2)));
            }
            return partitions;
        }
    }

    private int lanes() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(PublishedBlock.LANES);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
