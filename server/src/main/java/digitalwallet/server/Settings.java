package digitalwallet.server;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.money.CurrencyCode;
import digitalwallet.server.rest.RestSettings;
import digitalwallet.server.security.TokenSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the server runs.
 *
 * @param owner the role that migrates; null when the schema is only validated
 * @param kafka null when there is none
 * @param shown all values for the log, secrets masked
 */
record Settings(
        DatabaseAddress database,
        @Nullable DatabaseAddress owner,
        int databaseConnectionsMax,
        Http http,
        TokenSettings tokens,
        Path digestKeyFile,
        Engine engine,
        RestSettings rest,
        Housekeeping housekeeping,
        @Nullable Kafka kafka,
        Log log,
        String shown) {

    /**
     * Where it listens.
     *
     * @param port 0 for any free one
     */
    record Http(
            String bind,
            int port,
            int connectionsMax,
            String managementBind,
            int managementPort,
            Duration shutdownMax) {}

    /** How commands are posted. */
    record Engine(int lanes, int queueLengthMax, Limits limits) {}

    /**
     * What is done regularly.
     *
     * @param fullCheckAt UTC; null for never
     */
    record Housekeeping(
            Duration keysKept,
            Duration sweepInterval,
            Duration checkInterval,
            @Nullable LocalTime fullCheckAt) {}

    /**
     * Where commands are queued and events are published.
     *
     * @param queueKeyFile what the wallet's own commands are signed with
     */
    record Kafka(KafkaSettings connection, Path queueKeyFile) {}

    /** How it logs. */
    record Log(boolean json, String level) {}

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
    private static final Pattern PASSWORD_IN_ADDRESS =
            Pattern.compile("[?&]password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final int PORT_MAX = 65_535;
    private static final int DAY_SECONDS = 86_400;

    /**
     * The settings that these variables say.
     *
     * @throws InvalidSettingException when they do not make sense
     */
    static Settings read(Map<String, String> variables) {
        var environment = new Environment(variables);
        return new Settings(
                database(environment, Variable.DATABASE_USER, Variable.DATABASE_PASSWORD),
                owner(environment),
                environment.number(Variable.DATABASE_CONNECTIONS_MAX, 1, 1_000),
                http(environment),
                tokens(environment),
                environment.file(Variable.DIGEST_KEY_FILE),
                engine(environment),
                rest(environment),
                housekeeping(environment),
                KafkaVariables.read(environment),
                new Log(
                        environment
                                .word(Variable.LOG_FORMAT, List.of("text", "json"))
                                .equals("json"),
                        environment.word(
                                Variable.LOG_LEVEL, List.of("error", "warn", "info", "debug"))),
                environment.shown());
    }

    private static DatabaseAddress database(
            Environment environment, Variable user, Variable password) {
        var url = environment.text(Variable.DATABASE_URL);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw environment.wrong(
                    Variable.DATABASE_URL, "an address that begins with jdbc:postgresql:");
        }
        if (PASSWORD_IN_ADDRESS.matcher(url).find()) {
            throw new InvalidSettingException(
                    Variable.DATABASE_URL.word()
                            + " must not contain a password; set "
                            + password.word()
                            + ".");
        }
        return new DatabaseAddress(url, environment.text(user), environment.text(password));
    }

    private static @Nullable DatabaseAddress owner(Environment environment) {
        return environment.text(Variable.DATABASE_OWNER_USER).isEmpty()
                ? null
                : database(
                        environment,
                        Variable.DATABASE_OWNER_USER,
                        Variable.DATABASE_OWNER_PASSWORD);
    }

    private static Http http(Environment environment) {
        return new Http(
                environment.text(Variable.BIND),
                environment.number(Variable.HTTP_PORT, 0, PORT_MAX),
                environment.number(Variable.HTTP_CONNECTIONS_MAX, 1, 1_000_000),
                environment.text(Variable.MANAGEMENT_BIND),
                environment.number(Variable.MANAGEMENT_PORT, 0, PORT_MAX),
                Duration.ofSeconds(environment.number(Variable.SHUTDOWN_SECONDS, 0, 3_600)));
    }

    private static TokenSettings tokens(Environment environment) {
        URI jwks = environment.address(Variable.JWKS_URL, List.of("http", "https", "file"));
        return new TokenSettings(
                environment.text(Variable.ISSUER),
                environment.text(Variable.AUDIENCE),
                jwks,
                environment.number(Variable.TOKENS_CACHED_MAX, 0, 10_000_000));
    }

    private static Engine engine(Environment environment) {
        int lanes =
                environment.text(Variable.LANES).equals("auto")
                        ? EngineSettings.lanesFor(Runtime.getRuntime().availableProcessors())
                        : environment.number(Variable.LANES, 1, 1_000);
        return new Engine(
                lanes,
                environment.number(Variable.QUEUE_LENGTH_MAX, 1, 10_000_000),
                new Limits(environment.amount(Variable.AMOUNT_MAX)));
    }

    private static RestSettings rest(Environment environment) {
        var currency =
                CurrencyCode.find(environment.text(Variable.CURRENCY))
                        .orElseThrow(
                                () ->
                                        environment.wrong(
                                                Variable.CURRENCY, "a currency of ISO 4217"));
        boolean bench = environment.flag(Variable.BENCH);
        if (bench && !LOOPBACK.contains(environment.text(Variable.BIND))) {
            throw environment.wrong(Variable.BENCH, "false unless WALLET_BIND is 127.0.0.1");
        }
        return new RestSettings(currency, environment.flag(Variable.IDEMPOTENCY_REQUIRED), bench);
    }

    private static Housekeeping housekeeping(Environment environment) {
        var fullCheckAt =
                environment.text(Variable.CHECK_FULL_AT).equals("never")
                        ? null
                        : environment.timeOfDay(Variable.CHECK_FULL_AT);
        return new Housekeeping(
                Duration.ofDays(environment.number(Variable.IDEMPOTENCY_RETENTION_DAYS, 1, 36_500)),
                Duration.ofSeconds(environment.number(Variable.SWEEP_SECONDS, 1, DAY_SECONDS)),
                Duration.ofSeconds(
                        environment.number(Variable.CHECK_INCREMENTAL_SECONDS, 1, DAY_SECONDS)),
                fullCheckAt);
    }
}
