package digitalwallet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.local.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalPostgresIT {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void data_survive_stop_and_start_and_the_death_of_every_process(PostgresVersion version)
            throws SQLException {
        try (var postgres = LocalPostgres.start(folder.resolve("a folder"), version, Map.of())) {
            execute(postgres, "CREATE TABLE kept (number integer); INSERT INTO kept VALUES (1)");
            postgres.stop();
            assertThat(postgres.isRunning()).isFalse();
            postgres.restart();
            execute(postgres, "INSERT INTO kept VALUES (2)");
            postgres.kill();
            assertThat(postgres.isRunning()).isFalse();
            postgres.restart();
            assertThat(
                            text(
                                    postgres,
                                    "SELECT string_agg(number::text, ',' ORDER BY number) FROM"
                                            + " kept"))
                    .isEqualTo("1,2");
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void it_is_durable_checked_and_closed_to_strangers(PostgresVersion version)
            throws SQLException {
        var postgres = LocalPostgres.shared(version);
        assertThat(text(postgres, "SHOW server_version")).startsWith(version.major() + ".");
        assertThat(text(postgres, "SHOW fsync")).isEqualTo("on");
        assertThat(text(postgres, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(text(postgres, "SHOW data_checksums")).isEqualTo("on");
        assertThat(text(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(text(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(text(postgres, "SHOW max_locks_per_transaction")).isEqualTo("1024");
        var url = postgres.jdbcUrl(LocalPostgres.DATABASE);
        assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.serverUser(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void orphans_of_a_dead_owner_are_replaced(PostgresVersion version) throws SQLException {
        var first = LocalPostgres.start(folder, version, Map.of());
        execute(first, "CREATE TABLE kept (number integer)");
        var orphan = first.postmaster();
        try (var second = LocalPostgres.start(folder, version, Map.of())) {
            assertThat(Processes.anyRuns(orphan.stream())).isFalse();
            assertThat(text(second, "SELECT count(*)::text FROM kept")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void a_killed_postmaster_s_children_are_ended_at_the_next_start(PostgresVersion version)
            throws SQLException {
        var first = LocalPostgres.start(folder, version, Map.of());
        execute(first, "CREATE TABLE kept (number integer)");
        first.postmaster().getFirst().destroyForcibly();
        try (var second = LocalPostgres.start(folder, version, Map.of())) {
            assertThat(text(second, "SELECT count(*)::text FROM kept")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void links_that_the_databases_user_planted_lead_nowhere(PostgresVersion version)
            throws Exception {
        var home = Folders.passable(folder.resolve("a folder"));
        var treasure = Files.writeString(folder.resolve("treasure"), "4711 of root's\n");
        try (var postgres = LocalPostgres.start(home, version, Map.of())) {
            postgres.stop();
            var data = home.resolve("data");
            for (var name : List.of("wallet.conf", "wallet.conf.new", "postmaster.pid")) {
                Files.deleteIfExists(data.resolve(name));
                Files.createSymbolicLink(data.resolve(name), treasure);
            }
            postgres.restart();
            assertThat(text(postgres, "SHOW max_locks_per_transaction")).isEqualTo("1024");
            assertThat(data.resolve("wallet.conf")).isRegularFile();
            assertThat(Files.isSymbolicLink(data.resolve("wallet.conf"))).isFalse();
            postgres.stop();
            Files.move(data.resolve("PG_VERSION"), data.resolve("version"));
            Files.createSymbolicLink(data.resolve("PG_VERSION"), treasure);
            assertThatThrownBy(() -> LocalPostgres.start(home, version, Map.of()))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageNotContaining("4711");
        }
        assertThat(treasure).hasContent("4711 of root's");
    }

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void the_reader_reads_everything_and_writes_nothing(PostgresVersion version)
            throws SQLException {
        var postgres = LocalPostgres.shared(version);
        postgres.createDatabase("read");
        var url = postgres.jdbcUrl("read");
        try (var owner =
                        DriverManager.getConnection(
                                url, postgres.ownerUser(), postgres.ownerPassword());
                var statement = owner.createStatement()) {
            statement.execute("CREATE TABLE kept (number integer)");
        }
        try (var reader =
                        DriverManager.getConnection(
                                url, postgres.readerUser(), postgres.readerPassword());
                var statement = reader.createStatement()) {
            assertThat(statement.executeQuery("SELECT count(*) FROM kept").next()).isTrue();
            assertThatThrownBy(() -> statement.execute("INSERT INTO kept VALUES (1)"))
                    .hasMessageContaining("read-only transaction");
            statement.execute("SET default_transaction_read_only = off");
            assertThatThrownBy(() -> statement.execute("INSERT INTO kept VALUES (1)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("CREATE TABLE made (number integer)"))
                    .hasMessageContaining("permission denied");
        } finally {
            postgres.dropDatabase("read");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT rolpassword FROM pg_authid",
                "SELECT passwd FROM pg_shadow",
                "SELECT pg_advisory_lock(n) FROM generate_series(1, 100000) n",
                "SELECT pg_try_advisory_lock_shared(1, n) FROM generate_series(1, 100000) n",
                "SELECT pg_advisory_xact_lock(n) FROM generate_series(1, 100000) n",
                "CREATE TEMPORARY TABLE own (number integer)",
                "SELECT lo_create(0) FROM generate_series(1, 100000)",
                "LOCK TABLE kept IN SHARE MODE"
            })
    void the_reader_sees_no_passwords_and_fills_no_lock_table(String sql) throws SQLException {
        for (var version : PostgresVersion.values()) {
            var postgres = LocalPostgres.shared(version);
            postgres.createDatabase("locks");
            var url = postgres.jdbcUrl("locks");
            try (var owner =
                            DriverManager.getConnection(
                                    url, postgres.ownerUser(), postgres.ownerPassword());
                    var reader =
                            DriverManager.getConnection(
                                    url, postgres.readerUser(), postgres.readerPassword());
                    var making = owner.createStatement();
                    var statement = reader.createStatement()) {
                making.execute("CREATE TABLE kept (number integer)");
                statement.execute("SET default_transaction_read_only = off");
                reader.setAutoCommit(false);
                assertThatThrownBy(() -> statement.execute(sql))
                        .hasMessageContaining("permission denied");
            } finally {
                postgres.dropDatabase("locks");
            }
        }
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        var url = postgres.jdbcUrl(LocalPostgres.DATABASE);
        try (var connection =
                        DriverManager.getConnection(
                                url, postgres.ownerUser(), postgres.ownerPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(LocalPostgres postgres, String sql) throws SQLException {
        var url = postgres.jdbcUrl(LocalPostgres.DATABASE);
        try (var connection =
                        DriverManager.getConnection(
                                url, postgres.ownerUser(), postgres.ownerPassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
