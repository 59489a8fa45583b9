package digitalwallet.payments.server;

import digitalwallet.gate.token.TokenVariables;
import digitalwallet.money.AmountLimits;
import digitalwallet.money.CurrencyCode;
import digitalwallet.process.kafka.KafkaVariables;
import digitalwallet.process.kafka.SignatureVariables;
import digitalwallet.process.settings.DatabaseVariables;
import digitalwallet.process.settings.HttpVariables;
import digitalwallet.process.settings.Kind;
import digitalwallet.process.settings.LogSettings;
import digitalwallet.process.settings.MoneyVariables;
import digitalwallet.process.settings.Variable;
import digitalwallet.process.settings.Variables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Every variable of the payments service. */
public final class PaymentsVariables {

    private static final int MILLIS_MAX = 600_000;
    private static final int DAY_SECONDS = 86_400;

    static final DatabaseVariables DATABASE =
            new DatabaseVariables(6, "Connections to the database.");
    static final MoneyVariables<CurrencyCode, AmountLimits> MONEY =
            MoneyVariables.of(CurrencyCode::find, AmountLimits::find, "one payment");
    static final HttpVariables HTTP = new HttpVariables(8081, 9081);
    static final KafkaVariables KAFKA = KafkaVariables.required();

    static final Variable<Path> WEBHOOK_KEY_FILE =
            Variable.required(
                    "WEBHOOK_KEY_FILE",
                    Kind.file(),
                    "A file with at least 32 secret bytes, which webhooks are signed with.");
    static final Variable<Boolean> SANDBOX =
            Variable.usual(
                    "SANDBOX",
                    Kind.flag(),
                    "false",
                    "Whether the sandbox bank runs and takes methods sandbox:…");
    static final Variable<Integer> REQUERY_MILLIS =
            Variable.usual(
                    "REQUERY_MILLIS",
                    Kind.number(10, MILLIS_MAX),
                    "2000",
                    "When a provider is asked again; doubled each time.");
    static final Variable<Integer> REQUERY_SECONDS_MAX =
            Variable.usual(
                    "REQUERY_SECONDS_MAX",
                    Kind.number(1, DAY_SECONDS),
                    "3600",
                    "The longest time between two questions.");
    static final Variable<Integer> CALL_MILLIS_MAX =
            Variable.usual(
                    "CALL_MILLIS_MAX",
                    Kind.number(100, MILLIS_MAX),
                    "30000",
                    "How long a call to a provider may take.");
    static final Variable<Integer> CALLS_MAX =
            Variable.usual(
                    "CALLS_MAX",
                    Kind.number(1, 1_000),
                    "16",
                    "Calls to providers that run at once.");
    static final Variable<Integer> ALERT_SECONDS =
            Variable.usual(
                    "ALERT_SECONDS",
                    Kind.number(1, DAY_SECONDS),
                    "600",
                    "How long a payment may be on its way before somebody is told.");

    static final Variable<Instant> TELL_SINCE =
            Variable.optional(
                    "TELL_SINCE",
                    Kind.instant(),
                    "After a restore of Kafka: what the wallet was told since then is told again,"
                            + " at each start.");

    /** All of them. */
    public static final Variables ALL =
            Variables.of(
                    "PAYMENTS_",
                    "the payments service",
                    DATABASE.all(),
                    HTTP.all(),
                    TokenVariables.ALL,
                    KAFKA.all(),
                    SignatureVariables.ALL,
                    LogSettings.VARIABLES,
                    MONEY.all(),
                    List.of(
                            WEBHOOK_KEY_FILE,
                            SANDBOX,
                            REQUERY_MILLIS,
                            REQUERY_SECONDS_MAX,
                            CALL_MILLIS_MAX,
                            CALLS_MAX,
                            ALERT_SECONDS,
                            TELL_SINCE));

    private PaymentsVariables() {}
}
