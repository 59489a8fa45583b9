package digitalwallet.local.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Creates roles and databases that are missing; names and passwords are our own, never a user's.
 */
final class DatabaseRoles {

    private static final String ROLE_EXISTS = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String DATABASE_EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";
    private static final String SCHEMA_EXISTS = "SELECT 1 FROM pg_namespace WHERE nspname = ?";

    private final Connection superuser;

    DatabaseRoles(Connection superuser) {
        this.superuser = superuser;
    }

    DatabaseRoles createRoles(List<String> roles, Passfile passwords) throws SQLException {
        for (var role : roles) {
            createRole(role, passwords.passwordOf(role));
        }
        return this;
    }

    private void createRole(String role, String password) throws SQLException {
        if (!exists(ROLE_EXISTS, role)) {
            execute("CREATE ROLE " + name(role) + " LOGIN PASSWORD " + literal(password));
        }
    }

    DatabaseRoles letReadEverything(String role) throws SQLException {
        execute("GRANT pg_read_all_data TO " + name(role));
        execute("ALTER ROLE " + name(role) + " SET default_transaction_read_only = on");
        return this;
    }

    DatabaseRoles createDatabase(String database, String owner) throws SQLException {
        if (!exists(DATABASE_EXISTS, database)) {
            execute("CREATE DATABASE " + name(database) + " OWNER " + name(owner));
        }
        return this;
    }

    /** Within the database that this is connected to. */
    void createSchema(String schema, String owner) throws SQLException {
        if (!exists(SCHEMA_EXISTS, schema)) {
            execute("CREATE SCHEMA " + name(schema) + " AUTHORIZATION " + name(owner));
        }
    }

    void dropDatabase(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name(database) + " WITH (FORCE)");
    }

    private boolean exists(String query, String name) throws SQLException {
        try (var statement = superuser.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private String literal(String text) throws SQLException {
        try (var statement = superuser.createStatement()) {
            return statement.enquoteLiteral(text);
        }
    }

    private String name(String identifier) throws SQLException {
        try (var statement = superuser.createStatement()) {
            return statement.enquoteIdentifier(identifier, true);
        }
    }
}
