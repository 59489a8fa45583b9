package digitalwallet.local.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates roles and databases that are missing; names and passwords are our own, never a user's.
 */
final class DatabaseRoles {

    private static final String ROLE_EXISTS = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String DATABASE_EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";
    private static final String SCHEMA_EXISTS = "SELECT 1 FROM pg_namespace WHERE nspname = ?";

    private static final String FUNCTIONS_THAT_LOCK =
            """
            SELECT oid::regprocedure::text FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace
              AND (proname LIKE '%advisory%lock%' OR proname IN ('lo_create', 'lo_creat', 'lo_from_bytea'))
              AND has_function_privilege(?, oid, 'EXECUTE')\
            """;

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

    /** A role that is given tables to read, and is asked to write nothing. */
    DatabaseRoles makeReader(String role) throws SQLException {
        // Older folders let it read everything: the verifiers of all passwords, too.
        execute("REVOKE pg_read_all_data FROM " + name(role));
        execute("ALTER ROLE " + name(role) + " SET default_transaction_read_only = on");
        return this;
    }

    /** All tables of these schemas, those too that the owners are going to make. */
    private void letRead(String role, List<String> schemas, List<String> owners)
            throws SQLException {
        for (var schema : schemas) {
            var in = " IN SCHEMA " + name(schema);
            execute("GRANT USAGE ON SCHEMA " + name(schema) + " TO " + name(role));
            execute("GRANT SELECT ON ALL TABLES" + in + " TO " + name(role));
            for (var owner : owners) {
                execute(
                        "ALTER DEFAULT PRIVILEGES FOR ROLE %s%s GRANT SELECT ON TABLES TO %s"
                                .formatted(name(owner), in, name(role)));
            }
        }
    }

    /** Takes what could fill the lock table, which is everybody's, and leaves it to the others. */
    private void keepFromLocks(String role, String database, List<String> others)
            throws SQLException {
        execute("REVOKE TEMPORARY ON DATABASE " + name(database) + " FROM PUBLIC");
        for (var function : functionsThatLock(role)) {
            execute("REVOKE EXECUTE ON FUNCTION " + function + " FROM PUBLIC");
            for (var other : others) {
                execute("GRANT EXECUTE ON FUNCTION " + function + " TO " + name(other));
            }
        }
    }

    private List<String> functionsThatLock(String role) throws SQLException {
        var functions = new ArrayList<String>();
        try (var statement = superuser.prepareStatement(FUNCTIONS_THAT_LOCK)) {
            statement.setString(1, role);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    functions.add(rows.getString(1));
                }
            }
        }
        return functions;
    }

    DatabaseRoles createDatabase(String database, String owner) throws SQLException {
        if (!exists(DATABASE_EXISTS, database)) {
            execute("CREATE DATABASE " + name(database) + " OWNER " + name(owner));
        }
        return this;
    }

    /**
     * Within the database that this is connected to: payments gets its schema, and the reader may
     * read all tables, now and later, and fill no lock table.
     */
    void furnish(String database, String reader, List<String> others) throws SQLException {
        var payments = LocalPostgres.PAYMENTS;
        createSchema(payments, payments);
        letRead(reader, List.of("public", payments), others);
        keepFromLocks(reader, database, others);
    }

    private void createSchema(String schema, String owner) throws SQLException {
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
