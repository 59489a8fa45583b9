package digitalwallet.payments.server;

import digitalwallet.gate.token.TokenSettings;
import digitalwallet.gate.token.TokenVariables;
import digitalwallet.kafka.KafkaSettings;
import digitalwallet.payments.flow.FlowSettings;
import digitalwallet.payments.rest.RestSettings;
import digitalwallet.process.kafka.KafkaVariables;
import digitalwallet.process.kafka.SignatureVariables;
import digitalwallet.process.kafka.SignatureVariables.Signatures;
import digitalwallet.process.settings.DatabaseSettings;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the service runs.
 *
 * @param tellSince what the wallet was told since then is told again; null for nothing
 * @param shown all values for the log, secrets masked
 */
record Settings(
        DatabaseSettings database,
        HttpSettings http,
        TokenSettings tokens,
        RestSettings rest,
        KafkaSettings kafka,
        Signatures signatures,
        FlowSettings flow,
        Path webhookKeyFile,
        boolean sandbox,
        @Nullable Instant tellSince,
        LogSettings log,
        String shown) {

    /**
     * Reads them.
     *
     * @throws InvalidSettingException when one makes no sense
     */
    static Settings read(Map<String, String> variables) {
        var environment = Environment.read(PaymentsVariables.ALL, variables);
        return new Settings(
                PaymentsVariables.DATABASE.read(environment),
                PaymentsVariables.HTTP.read(environment),
                TokenVariables.read(environment),
                new RestSettings(
                        environment.get(PaymentsVariables.MONEY.currency()),
                        environment.get(PaymentsVariables.MONEY.amountMax())),
                kafka(environment),
                SignatureVariables.read(environment),
                flow(environment),
                environment.get(PaymentsVariables.WEBHOOK_KEY_FILE),
                environment.get(PaymentsVariables.SANDBOX),
                environment.given(PaymentsVariables.TELL_SINCE).orElse(null),
                LogSettings.read(environment),
                environment.shown());
    }

    private static KafkaSettings kafka(Environment environment) {
        var kafka = PaymentsVariables.KAFKA.read(environment).orElseThrow();
        KafkaVariables.requireTrustStore(kafka);
        return kafka;
    }

    private static FlowSettings flow(Environment environment) {
        return new FlowSettings(
                Duration.ofMillis(environment.get(PaymentsVariables.REQUERY_MILLIS)),
                Duration.ofSeconds(environment.get(PaymentsVariables.REQUERY_SECONDS_MAX)),
                Duration.ofMillis(environment.get(PaymentsVariables.CALL_MILLIS_MAX)),
                environment.get(PaymentsVariables.CALLS_MAX),
                Duration.ofSeconds(environment.get(PaymentsVariables.ALERT_SECONDS)));
    }
}
