package digitalwallet.payments.server;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.money.CurrencyCode;
import digitalwallet.payments.flow.FlowSettings;
import digitalwallet.payments.rest.RestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the service runs.
 *
 * @param owner the role that migrates; null when the schema is only validated
 * @param shown all values for the log, secrets masked
 */
record Settings(
        DatabaseRole database,
        @Nullable DatabaseRole owner,
        int connectionsMax,
        Http http,
        RestSettings rest,
        KafkaSettings kafka,
        FlowSettings flow,
        Path webhookKeyFile,
        boolean sandbox,
        Log log,
        String shown) {

    private static final int PORT_MAX = 65_535;
    private static final int MILLIS_MAX = 600_000;
    private static final int DAY_SECONDS = 86_400;

    /** A role of the database. */
    record DatabaseRole(String url, String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    /** Where it listens. */
    record Http(
            String bind,
            int port,
            String managementBind,
            int managementPort,
            Duration shutdownMax) {}

    /** How it logs. */
    record Log(boolean json, String level) {}

    /**
     * Reads them.
     *
     * @throws InvalidSettingException when one makes no sense
     */
    static Settings read(Map<String, String> variables) {
        var environment = new Environment(variables);
        return new Settings(
                role(environment, Variable.DATABASE_USER, Variable.DATABASE_PASSWORD),
                environment.text(Variable.DATABASE_OWNER_USER).isEmpty()
                        ? null
                        : role(
                                environment,
                                Variable.DATABASE_OWNER_USER,
                                Variable.DATABASE_OWNER_PASSWORD),
                environment.number(Variable.DATABASE_CONNECTIONS_MAX, 6, 1_000),
                http(environment),
                rest(environment),
                KafkaVariables.read(environment),
                flow(environment),
                environment.file(Variable.WEBHOOK_KEY_FILE),
                environment.flag(Variable.SANDBOX),
                new Log(
                        environment
                                .word(Variable.LOG_FORMAT, List.of("text", "json"))
                                .equals("json"),
                        environment.word(
                                Variable.LOG_LEVEL, List.of("error", "warn", "info", "debug"))),
                environment.shown());
    }

    private static DatabaseRole role(Environment environment, Variable user, Variable password) {
        var url = environment.text(Variable.DATABASE_URL);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw environment.wrong(Variable.DATABASE_URL, "jdbc:postgresql://…");
        }
        return new DatabaseRole(url, environment.text(user), environment.text(password));
    }

    private static Http http(Environment environment) {
        return new Http(
                environment.text(Variable.BIND),
                environment.number(Variable.HTTP_PORT, 0, PORT_MAX),
                environment.text(Variable.MANAGEMENT_BIND),
                environment.number(Variable.MANAGEMENT_PORT, 0, PORT_MAX),
                Duration.ofSeconds(environment.number(Variable.SHUTDOWN_SECONDS, 0, 3_600)));
    }

    private static RestSettings rest(Environment environment) {
        return new RestSettings(
                CurrencyCode.find(environment.text(Variable.CURRENCY))
                        .orElseThrow(
                                () ->
                                        environment.wrong(
                                                Variable.CURRENCY, "a currency of ISO 4217")),
                environment.amount(Variable.AMOUNT_MAX),
                environment.text(Variable.ISSUER),
                environment.text(Variable.AUDIENCE),
                environment.address(Variable.JWKS_URL, List.of("http", "https", "file")));
    }

    private static FlowSettings flow(Environment environment) {
        return new FlowSettings(
                Duration.ofMillis(environment.number(Variable.REQUERY_MILLIS, 10, MILLIS_MAX)),
                Duration.ofSeconds(
                        environment.number(Variable.REQUERY_SECONDS_MAX, 1, DAY_SECONDS)),
                Duration.ofMillis(environment.number(Variable.CALL_MILLIS_MAX, 100, MILLIS_MAX)),
                environment.number(Variable.CALLS_MAX, 1, 1_000),
                Duration.ofSeconds(environment.number(Variable.ALERT_SECONDS, 1, DAY_SECONDS)));
    }
}
