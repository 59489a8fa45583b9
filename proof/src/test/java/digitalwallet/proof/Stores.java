package digitalwallet.proof;

import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.postgresql.PGConnection;

/**
 * The stores of a wallet and its payments, each of which can be put back to an earlier time. While
 * that is done, no process runs. The bank is none of them: what it knows stays.
 */
final class Stores implements AutoCloseable {

    static final String PAYMENTS = "payments_apart";

    private static final Map<String, String> BANK =
            Map.of(
                    "sandbox_movement",
                    "key, kind, script, amount, currency, user_id, reference, created_at",
                    "sandbox_lost_call",
                    "key");

    private final Path folder;
    private final LocalPostgres postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
    private final LocalKafka kafka;

    /** A store that is restored by itself. */
    enum Store {
        BOOKS,
        PAYMENTS,
        KAFKA
    }

    Stores(Path folder) {
        this.folder = folder;
        postgres.createDatabase(PAYMENTS);
        kafka = LocalKafka.start(folder.resolve("kafka"));
    }

    LocalPostgres postgres() {
        return postgres;
    }

    LocalKafka kafka() {
        return kafka;
    }

    String paymentsUrl() {
        return postgres.jdbcUrl(PAYMENTS);
    }

    /** Keeps all of them as they are now. */
    void keep(String name) {
        kafka.stop();
        copy(folder.resolve("kafka"), folder.resolve("kafka-" + name));
        execute(
                "CREATE DATABASE books_%s TEMPLATE wallet".formatted(name),
                "CREATE DATABASE payments_%s TEMPLATE %s".formatted(name, PAYMENTS));
        kafka.restart();
    }

    /** Puts all of them, and the bank, to where they were kept; Kafka is left stopped. */
    void putAll(String name) {
        kafka.stop();
        for (var store : Store.values()) {
            put(store, name);
        }
    }

    /** Puts one of them back, and the bank not. */
    void putBack(Store store, String name) {
        if (store == Store.PAYMENTS) {
            var known = bank();
            put(store, name);
            bank(known);
        } else {
            put(store, name);
        }
    }

    /** Kafka is lost: a new one begins at the same address. */
    void loseKafka() {
        delete(folder.resolve("kafka").resolve("data"));
    }

    private void put(Store store, String name) {
        switch (store) {
            case BOOKS -> putDatabase("wallet", "books_" + name, LocalPostgres.OWNER);
            case PAYMENTS -> putDatabase(PAYMENTS, "payments_" + name, LocalPostgres.OWNER);
            case KAFKA -> {
                delete(folder.resolve("kafka"));
                copy(folder.resolve("kafka-" + name), folder.resolve("kafka"));
            }
        }
    }

    private void putDatabase(String database, String kept, String owner) {
        execute(
                "DROP DATABASE %s WITH (FORCE)".formatted(database),
                "CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(database, kept, owner));
    }

    /** Removes topics, as an operator does whose Kafka is older than the books. */
    void deleteTopics(String... topics) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.deleteTopics(List.of(topics)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of a query's rows. */
    List<String> query(String database, String sql) {
        try (var connection = superuser(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> bank() {
        var known = new HashMap<String, String>();
        try (var connection = superuser(PAYMENTS)) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : BANK.entrySet()) {
                var text = new StringWriter();
                copies.copyOut(
                        "COPY payments.%s (%s) TO STDOUT"
                                .formatted(table.getKey(), table.getValue()),
                        text);
                known.put(table.getKey(), text.toString());
            }
            return known;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its webhooks of before are lost: they make things faster only. */
    private void bank(Map<String, String> known) {
        try (var connection = superuser(PAYMENTS);
                var statement = connection.createStatement()) {
            statement.execute(
                    "TRUNCATE payments.sandbox_movement, payments.sandbox_lost_call,"
                            + " payments.sandbox_webhook");
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : BANK.entrySet()) {
                copies.copyIn(
                        "COPY payments.%s (%s) FROM STDIN"
                                .formatted(table.getKey(), table.getValue()),
                        new StringReader(known.getOrDefault(table.getKey(), "")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String... statements) {
        try (var connection = superuser("postgres");
                var statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname IN ('wallet', '"
                            + PAYMENTS
                            + "')");
            for (var each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.superuser(), postgres.superuserPassword());
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
