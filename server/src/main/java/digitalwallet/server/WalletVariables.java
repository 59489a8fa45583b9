package digitalwallet.server;

import digitalwallet.gate.token.TokenVariables;
import digitalwallet.ledger.decide.UniqueReference;
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
import digitalwallet.server.restored.Gap;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Every variable of the wallet's server. */
public final class WalletVariables {

    private static final int DAY_SECONDS = 86_400;

    static final DatabaseVariables DATABASE =
            new DatabaseVariables(
                    1, "Connections for queries; every lane has one more of its own.");
    static final MoneyVariables<CurrencyCode, AmountLimits> MONEY =
            MoneyVariables.of(CurrencyCode::find, AmountLimits::find, "one command");
    static final HttpVariables HTTP = new HttpVariables(8080, 9080);
    static final KafkaVariables KAFKA =
            KafkaVariables.optional("no queued commands and no events.");

    static final Variable<Path> DIGEST_KEY_FILE =
            Variable.required(
                    "DIGEST_KEY_FILE",
                    Kind.file(),
                    "A file with at least 32 secret bytes, which bank transaction ids are digested"
                            + " with. Never change it.");
    static final Variable<Optional<Integer>> LANES =
            Variable.usual(
                    "LANES",
                    Kind.number(1, 1_000).or("auto"),
                    "auto",
                    "Lanes of this instance; auto is half the cores, but two where there are two.");
    static final Variable<Integer> QUEUE_LENGTH_MAX =
            Variable.usual(
                    "QUEUE_LENGTH_MAX",
                    Kind.number(1, 10_000_000),
                    "20000",
                    "Commands that may wait; more are answered 503.");
    static final Variable<Path> QUEUE_KEY_FILE =
            Variable.optional(
                    "QUEUE_KEY_FILE",
                    Kind.file(),
                    "Required with Kafka: a file with at least 32 secret bytes, which the wallet's"
                            + " own commands are signed with; the same for all instances.");
    static final Variable<Pattern> PAYOUT_METHODS =
            Variable.usual(
                    "PAYOUT_METHODS",
                    new Kind<>("a regular expression", WalletVariables::pattern),
                    "sandbox(:(ok|decline|cancel|late-success|timeout|unreachable|duplicate-webhook"
                            + "|lost-webhook|out-of-order|delay-[0-9]{1,5}(ms|s)))+",
                    "The methods of payouts that the payments service knows; others are 400.");
    static final Variable<Boolean> REFUNDS_NEED_PURCHASE =
            Variable.usual(
                    "REFUNDS_NEED_PURCHASE",
                    Kind.flag(),
                    "false",
                    "Whether a refund that matches no purchase is refused.");
    static final Variable<Set<UniqueReference>> UNIQUE =
            Variable.usual(
                    "UNIQUE",
                    new Kind<>(
                            "order, bank, order,bank or none", WalletVariables::uniqueReferences),
                    "none",
                    "What a user may be charged for once only: an order_id by purchases, a"
                            + " bank_transaction_id by withdrawals. The same for all instances.");
    static final Variable<Path> QUEUE_KEY_OTHER_FILE =
            Variable.optional(
                    "QUEUE_KEY_OTHER_FILE",
                    Kind.file(),
                    "While that key is replaced: the other one, which is believed, too.");
    static final Variable<Gap> RESTORED =
            Variable.optional(
                    "RESTORED",
                    new Kind<>("two times with a slash between them", Gap::parse),
                    "After a restore of the database: from when the books end to when they were"
                            + " started, as the server says that stands still.");
    static final Variable<Instant> PUBLISH_SINCE =
            Variable.optional(
                    "PUBLISH_SINCE",
                    Kind.instant(),
                    "After a restore of Kafka: what was posted since then is published again, at"
                            + " each start.");
    static final Variable<Path> PRODUCERS_FILE =
            Variable.optional(
                    "PRODUCERS_FILE",
                    Kind.file(),
                    "Which other services write commands to Kafka, their keys, and what each may"
                            + " send; without it, none does.");
    static final Variable<Boolean> IDEMPOTENCY_REQUIRED =
            Variable.usual(
                    "IDEMPOTENCY_REQUIRED",
                    Kind.flag(),
                    "false",
                    "Whether money verbs need an idempotency key.");
    static final Variable<Integer> IDEMPOTENCY_RETENTION_DAYS =
            Variable.usual(
                    "IDEMPOTENCY_RETENTION_DAYS",
                    Kind.number(1, 36_500),
                    "30",
                    "How long keys are kept.");
    static final Variable<Integer> SWEEP_SECONDS =
            Variable.usual(
                    "SWEEP_SECONDS",
                    Kind.number(1, DAY_SECONDS),
                    "3600",
                    "How often expired keys are looked for.");
    static final Variable<Integer> CHECK_INCREMENTAL_SECONDS =
            Variable.usual(
                    "CHECK_INCREMENTAL_SECONDS",
                    Kind.number(1, DAY_SECONDS),
                    "60",
                    "How often what is new in the books is checked.");
    static final Variable<Optional<LocalTime>> CHECK_FULL_AT =
            Variable.usual(
                    "CHECK_FULL_AT",
                    Kind.timeOfDay().or("never"),
                    "03:00",
                    "When all the books are checked every day, UTC; never turns it off.");
    static final Variable<Boolean> BENCH =
            Variable.usual(
                    "BENCH",
                    Kind.flag(),
                    "false",
                    "Adds POST /bench/constant on loopback, which benchmarks compare with.");

    /** All of them. */
    public static final Variables ALL =
            Variables.of(
                    "WALLET_",
                    "this server",
                    DATABASE.all(),
                    HTTP.all(),
                    TokenVariables.ALL,
                    List.of(DIGEST_KEY_FILE, LANES, QUEUE_LENGTH_MAX),
                    KAFKA.all(),
                    List.of(QUEUE_KEY_FILE, QUEUE_KEY_OTHER_FILE),
                    SignatureVariables.ALL,
                    List.of(PRODUCERS_FILE, RESTORED, PUBLISH_SINCE),
                    LogSettings.VARIABLES,
                    MONEY.all(),
                    List.of(
                            PAYOUT_METHODS,
                            REFUNDS_NEED_PURCHASE,
                            UNIQUE,
                            IDEMPOTENCY_REQUIRED,
                            IDEMPOTENCY_RETENTION_DAYS,
                            SWEEP_SECONDS,
                            CHECK_INCREMENTAL_SECONDS,
                            CHECK_FULL_AT,
                            BENCH));

    /** Those that the program for dead letters reads. */
    static final List<Variable<?>> LETTERS =
            Stream.of(
                            KAFKA.all(),
                            List.of(
                                    QUEUE_KEY_FILE,
                                    QUEUE_KEY_OTHER_FILE,
                                    SignatureVariables.TRUST_BROKER))
                    .<Variable<?>>flatMap(List::stream)
                    .toList();

    private WalletVariables() {}

    private static Optional<Set<UniqueReference>> uniqueReferences(String text) {
        return switch (text) {
            case "none" -> Optional.of(Set.of());
            case "order" -> Optional.of(Set.of(UniqueReference.ORDER));
            case "bank" -> Optional.of(Set.of(UniqueReference.BANK));
            case "order,bank", "bank,order" ->
                    Optional.of(Set.of(UniqueReference.ORDER, UniqueReference.BANK));
            default -> Optional.empty();
        };
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
