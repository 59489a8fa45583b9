package digitalwallet.ledger.reading;

import digitalwallet.ledger.database.Query;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.database.ReadFailedException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How far queues are processed, as the books say: exact, because it is committed together with what
 * the messages did.
 */
public final class QueuePositions {

    // The stretches of a partition follow one another without a gap: the last begins last.
    private static final Query POSITION =
            new Query(
                    """
                    SELECT statement_timestamp(), coalesce((
                        SELECT to_offset FROM queue_position
                        WHERE topic_id = ? AND partition = ?
                        ORDER BY from_offset DESC LIMIT 1), 0)\
                    """);
    private static final Query OTHER_TOPICS =
            new Query("SELECT topic_id FROM queue_topic WHERE name = ? AND topic_id <> ?");
    private static final String REMEMBER_TOPIC =
            "INSERT INTO queue_topic (topic_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private final DataSource dataSource;

    public QueuePositions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * How far a partition is processed; offset 0 when none of it ever was.
     *
     * @throws ReadFailedException when the database cannot be asked
     */
    public QueuePosition position(UUID topicId, int partition) {
        return Query.on(
                dataSource,
                connection ->
                        POSITION.first(
                                        connection,
                                        statement -> {
                                            statement.setObject(1, topicId);
                                            statement.setInt(2, partition);
                                        },
                                        row ->
                                                new QueuePosition(
                                                        row.getLong(2), Query.instant(row, 1)))
                                .orElseThrow());
    }

    /**
     * Remembers a topic by its id.
     *
     * @return other topics that were called the same: it has been made again
     * @throws ReadFailedException when the database cannot be asked
     */
    public List<UUID> remember(UUID topicId, String name) {
        return Query.on(
                dataSource,
                connection -> {
                    try (var statement = connection.prepareStatement(REMEMBER_TOPIC)) {
                        statement.setObject(1, topicId);
                        statement.setString(2, name);
                        statement.executeUpdate();
                    }
                    return OTHER_TOPICS.list(
                            connection,
                            statement -> {
                                statement.setString(1, name);
                                statement.setObject(2, topicId);
                            },
                            row -> row.getObject(1, UUID.class));
                });
    }
}
