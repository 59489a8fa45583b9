package digitalwallet.server;

import digitalwallet.gate.token.TokenSettings;
import digitalwallet.gate.token.TokenVariables;
import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.process.kafka.SignatureVariables;
import digitalwallet.process.kafka.SignatureVariables.Signatures;
import digitalwallet.process.settings.DatabaseSettings;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.LogSettings;
import digitalwallet.server.producer.Producers;
import digitalwallet.server.queue.DeadLetterBox;
import digitalwallet.server.queue.RunningQueue;
import digitalwallet.server.rest.RestSettings;
import digitalwallet.server.restored.Gap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the server runs.
 *
 * @param kafka null when there is none
 * @param shown all values for the log, secrets masked
 */
record Settings(
        DatabaseSettings database,
        HttpSettings http,
        TokenSettings tokens,
        Path digestKeyFile,
        Engine engine,
        RestSettings rest,
        Housekeeping housekeeping,
        @Nullable Kafka kafka,
        LogSettings log,
        String shown) {

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
     * @param queueKeyFile the file of the key that the wallet's own commands are signed with
     * @param queueKeyOtherFile the file of the key before or after it, or null
     * @param signatures how events are signed
     * @param producersFile who else writes commands; null when nobody does
     * @param publishSince what was posted since then is published again; null for nothing
     * @param restored what restored books have lost, as an operator has confirmed, or null
     */
    record Kafka(
            KafkaSettings connection,
            Path queueKeyFile,
            @Nullable Path queueKeyOtherFile,
            Signatures signatures,
            @Nullable Path producersFile,
            @Nullable Gap restored,
            @Nullable Instant publishSince) {

        /**
         * Reads the keys.
         *
         * @throws InvalidSettingException when a file is not what it should be
         */
        RunningQueue.Trust trust() {
            return new RunningQueue.Trust(
                    SignatureVariables.keys("queue key", queueKeyFile, queueKeyOtherFile),
                    signatures.events(),
                    Producers.in(producersFile),
                    signatures.trustsBroker());
        }
    }

    /**
     * Where dead letters are.
     *
     * @param trustsBroker whether those without a signature are believed
     */
    record Letters(KafkaSettings connection, MessageKeys keys, boolean trustsBroker) {

        DeadLetterBox box() {
            return new DeadLetterBox(connection, keys, trustsBroker);
        }
    }

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /**
     * The settings that these variables say.
     *
     * @throws InvalidSettingException when they do not make sense
     */
    static Settings read(Map<String, String> variables) {
        var environment = Environment.read(WalletVariables.ALL, variables);
        var http = WalletVariables.HTTP.read(environment);
        return new Settings(
                WalletVariables.DATABASE.read(environment),
                http,
                TokenVariables.read(environment),
                environment.get(WalletVariables.DIGEST_KEY_FILE),
                engine(environment),
                rest(environment, http),
                housekeeping(environment),
                kafka(environment),
                LogSettings.read(environment),
                environment.shown());
    }

    /**
     * Only what these variables say about where dead letters are and which of them are believed;
     * null when there is no Kafka.
     *
     * @throws InvalidSettingException when it does not make sense
     */
    static @Nullable Letters readLetters(Map<String, String> variables) {
        var environment = Environment.read(WalletVariables.ALL, WalletVariables.LETTERS, variables);
        return WalletVariables.KAFKA
                .read(environment)
                .map(
                        connection ->
                                new Letters(
                                        connection,
                                        queueKeys(environment),
                                        environment.get(SignatureVariables.TRUST_BROKER)))
                .orElse(null);
    }

    private static MessageKeys queueKeys(Environment environment) {
        return SignatureVariables.keys(
                "queue key",
                environment.required(WalletVariables.QUEUE_KEY_FILE),
                environment.given(WalletVariables.QUEUE_KEY_OTHER_FILE).orElse(null));
    }

    private static @Nullable Kafka kafka(Environment environment) {
        return WalletVariables.KAFKA
                .read(environment)
                .map(connection -> kafka(connection, environment))
                .orElse(null);
    }

    private static Kafka kafka(KafkaSettings connection, Environment environment) {
        return new Kafka(
                connection,
                environment.required(WalletVariables.QUEUE_KEY_FILE),
                environment.given(WalletVariables.QUEUE_KEY_OTHER_FILE).orElse(null),
                SignatureVariables.read(environment),
                environment.given(WalletVariables.PRODUCERS_FILE).orElse(null),
                environment.given(WalletVariables.RESTORED).orElse(null),
                environment.given(WalletVariables.PUBLISH_SINCE).orElse(null));
    }

    /** Where the books are, and as which role the server works on them. */
    DatabaseAddress books() {
        return address(database.role());
    }

    /** The same address with the role that migrates; null when the schema is only validated. */
    @Nullable DatabaseAddress owner() {
        var owner = database.owner();
        return owner == null ? null : address(owner);
    }

    static DatabaseAddress address(DatabaseSettings.Role role) {
        return new DatabaseAddress(role.url(), role.user(), role.password());
    }

    private static Engine engine(Environment environment) {
        int lanes =
                environment
                        .get(WalletVariables.LANES)
                        .orElseGet(
                                () ->
                                        EngineSettings.lanesFor(
                                                Runtime.getRuntime().availableProcessors()));
        return new Engine(
                lanes,
                environment.get(WalletVariables.QUEUE_LENGTH_MAX),
                new Limits(
                        environment.get(WalletVariables.MONEY.amountMax()),
                        environment.get(WalletVariables.REFUNDS_NEED_PURCHASE),
                        environment.get(WalletVariables.UNIQUE)));
    }

    private static RestSettings rest(Environment environment, HttpSettings http) {
        boolean bench = environment.get(WalletVariables.BENCH);
        if (bench && !LOOPBACK.contains(http.bind())) {
            throw environment.wrong(WalletVariables.BENCH, "false unless WALLET_BIND is 127.0.0.1");
        }
        return new RestSettings(
                environment.get(WalletVariables.MONEY.currency()),
                environment.get(WalletVariables.PAYOUT_METHODS),
                environment.get(WalletVariables.IDEMPOTENCY_REQUIRED),
                bench);
    }

    private static Housekeeping housekeeping(Environment environment) {
        return new Housekeeping(
                Duration.ofDays(environment.get(WalletVariables.IDEMPOTENCY_RETENTION_DAYS)),
                Duration.ofSeconds(environment.get(WalletVariables.SWEEP_SECONDS)),
                Duration.ofSeconds(environment.get(WalletVariables.CHECK_INCREMENTAL_SECONDS)),
                environment.get(WalletVariables.CHECK_FULL_AT).orElse(null));
    }
}
