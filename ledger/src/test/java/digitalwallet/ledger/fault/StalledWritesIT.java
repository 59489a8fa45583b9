package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A database that is there but cannot write, or not yet. */
final class StalledWritesIT {

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    /** A full disk, no memory, an operator, an input or output error, a standby, no right. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "57P01", "58030", "25006", "42501"})
    void while_it_cannot_write_callers_are_refused_and_nothing_is_lost(String state)
            throws SQLException {
        try (var engine = books.engine(1)) {
            posted(engine.submit(deposit("alice", 1_00)));
            asSuperuser(
                    """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '%s'; END $$;
                    CREATE TRIGGER refuse BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse()\
                    """
                            .formatted(state));
            // One is written row by row, many are copied.
            for (int commands : new int[] {1, 50}) {
                var answers =
                        IntStream.range(0, commands)
                                .mapToObj(i -> engine.submit(deposit("user-" + i, 1)))
                                .toList();
                assertThat(answers)
                        .allSatisfy(
                                answer ->
                                        assertThatThrownBy(() -> EngineFixture.await(answer))
                                                .satisfies(StalledWritesIT::isUnavailable));
                Awaitility.await()
                        .atMost(5, TimeUnit.MINUTES)
                        .until(() -> engine.servingLanes() == 1);
            }
            asSuperuser("DROP TRIGGER refuse ON entry");
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> engine.servingLanes() == 1);
            posted(engine.submit(deposit("alice", 1_00)));
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
        BooksInvariants.check(books);
    }

    /** As when another instance stopped in the middle of writing the same version. */
    @Test
    void a_half_written_row_of_somebody_else_is_waited_for_but_not_for_ever() throws SQLException {
        try (var engine = books.engine(1);
                var other = books.superuserDataSource().getConnection()) {
            posted(engine.submit(deposit("alice", 1_00)));
            other.setAutoCommit(false);
            writeNextVersionOf(other, "alice");
            var stalled = engine.submit(deposit("alice", 1_00));
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(
                            () ->
                                    books.registry()
                                                    .find("wallet_lane_retries")
                                                    .tag("sql_state", "55P03")
                                                    .counter()
                                            != null);
            assertThat(stalled).isNotDone();
            other.rollback();
            assertThat(posted(stalled).balance()).isNotNull();
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
        BooksInvariants.check(books);
    }

    /** PostgreSQL looks at no time-out while COPY waits for its client: the other lanes do. */
    @ParameterizedTest
    @EnumSource
    void a_lane_that_stands_still_within_copy_is_ended(PostgresVersion version)
            throws SQLException {
        var books = EngineFixture.books(version);
        // Not to be closed: it is ended.
        var stopped = asLane(books.address());
        try (var engine = books.engine(1)) {
            posted(engine.submit(deposit("alice", 1_00)));
            stopped.setAutoCommit(false);
            writeNextVersionOf(stopped, "alice");
            var copy =
                    stopped.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY block FROM STDIN");

            assertThat(posted(engine.submit(deposit("alice", 1_00))).balance()).isNotNull();
            assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(2);
        BooksInvariants.check(books);
    }

    private static Connection asLane(DatabaseAddress address) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "wallet-lane");
        return DriverManager.getConnection(address.url(), properties);
    }

    private static void writeNextVersionOf(Connection connection, String user) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO entry SELECT account_id, version + 1, transaction_id, amount,
                        balance_after + amount, floor, status, created_at
                    FROM entry WHERE account_id IN
                        (SELECT id FROM account WHERE owner = '%s' AND kind = 2)\
                    """
                            .formatted(user));
        }
    }

    private void asSuperuser(String sql) throws SQLException {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void isUnavailable(Throwable fault) {
        assertThat(fault.getCause()).isInstanceOf(EngineUnavailableException.class);
    }
}
