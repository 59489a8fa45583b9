package digitalwallet.process.settings;

import digitalwallet.process.settings.DatabaseSettings.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variables that say which database a process works on. */
public final class DatabaseVariables {

    private static final Pattern PASSWORD_IN_ADDRESS =
            Pattern.compile("[?&]password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final Kind<String> POSTGRESQL =
            new Kind<>(
                    "jdbc:postgresql://…",
                    text -> Optional.of(text).filter(url -> url.startsWith("jdbc:postgresql:")));
    private static final Variable<String> URL =
            Variable.required(
                    "DATABASE_URL",
                    POSTGRESQL,
                    "JDBC address of PostgreSQL 15 or newer, without user and password.");
    private static final Variable<String> USER =
            Variable.required("DATABASE_USER", Kind.text(), "The role the process works as.");
    private static final Variable<String> PASSWORD =
            Variable.required("DATABASE_PASSWORD", Kind.text(), "Its password.").secret();
    private static final Variable<String> OWNER_USER =
            Variable.optional(
                    "DATABASE_OWNER_USER",
                    Kind.text(),
                    "The role that owns the schema. For migrate; given to the process itself, it"
                            + " creates or upgrades the schema at start.");
    private static final Variable<String> OWNER_PASSWORD =
            Variable.optional("DATABASE_OWNER_PASSWORD", Kind.text(), "Its password.").secret();
    private static final int CONNECTIONS_MAX = 1_000;

    private final Variable<Integer> connectionsMax;

    /**
     * For a process that needs so many connections at least.
     *
     * @param connections what they are for
     */
    public DatabaseVariables(int connectionsMin, String connections) {
        connectionsMax =
                Variable.usual(
                        "DATABASE_CONNECTIONS_MAX",
                        Kind.number(connectionsMin, CONNECTIONS_MAX),
                        "8",
                        connections);
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(URL, USER, PASSWORD, OWNER_USER, OWNER_PASSWORD, connectionsMax);
    }

    /** Those that are needed to create or upgrade the schema, and for nothing else. */
    public List<Variable<?>> ofMigration() {
        return List.of(URL, USER, OWNER_USER, OWNER_PASSWORD);
    }

    /**
     * The role that migrates.
     *
     * @throws InvalidSettingException when none is set
     */
    public Role readOwner(Environment environment) {
        var _ = environment.required(OWNER_USER);
        var _ = environment.required(OWNER_PASSWORD);
        return role(environment, OWNER_USER, OWNER_PASSWORD);
    }

    /** The name of the role the process works as. */
    public String readUser(Environment environment) {
        return environment.get(USER);
    }

    /**
     * What they say.
     *
     * @throws InvalidSettingException when the address has a password
     */
    public DatabaseSettings read(Environment environment) {
        return new DatabaseSettings(
                role(environment, USER, PASSWORD),
                environment.given(OWNER_USER).isEmpty()
                        ? null
                        : role(environment, OWNER_USER, OWNER_PASSWORD),
                environment.get(connectionsMax));
    }

    private static Role role(
            Environment environment, Variable<String> user, Variable<String> password) {
        var url = environment.get(URL);
        if (PASSWORD_IN_ADDRESS.matcher(url).find()) {
            throw new InvalidSettingException(
                    environment.word(URL)
                            + " must not contain a password; set "
                            + environment.word(password)
                            + ".");
        }
        return new Role(url, environment.get(user), environment.get(password));
    }
}
