package digitalwallet.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every environment variable of the server: the one table that settings and documentation come
 * from.
 */
enum Variable {
    DATABASE_URL(null, "JDBC address of PostgreSQL 15 or newer, without user and password."),
    DATABASE_USER(null, "The role the server works as; it inserts and reads."),
    DATABASE_PASSWORD(null, "Its password."),
    DATABASE_OWNER_USER(
            "",
            "The role that owns the schema. Given: the schema is created or upgraded at start."),
    DATABASE_OWNER_PASSWORD("", "Its password."),
    DATABASE_CONNECTIONS_MAX("8", "Connections for queries; every lane has one more of its own."),
    HTTP_PORT("8080", "Where the API listens; 0 is any free port."),
    BIND("127.0.0.1", "The address the API listens on; 0.0.0.0 is all."),
    HTTP_CONNECTIONS_MAX("4096", "Open connections of callers; more wait."),
    MANAGEMENT_PORT("9080", "Where Prometheus finds /metrics; 0 is any free port."),
    MANAGEMENT_BIND("127.0.0.1", "The address /metrics listens on."),
    ISSUER(null, "Who issues the callers' tokens: their claim iss."),
    AUDIENCE(null, "For whom tokens are issued: their claim aud has it."),
    JWKS_URL(null, "Where the issuer's public keys are: an http, https or file address."),
    TOKENS_CACHED_MAX("20000", "Verified tokens that are remembered until they expire."),
    DIGEST_KEY_FILE(
            null,
            "A file with at least 32 secret bytes, which bank transaction ids are digested with."
                    + " Never change it."),
    LANES("auto", "Lanes of this instance; auto is half the cores, but two where there are two."),
    QUEUE_LENGTH_MAX("20000", "Commands that may wait; more are answered 503."),
    KAFKA_BOOTSTRAP(
            "",
            "Addresses of some Kafka brokers, host:port with commas between them; empty is no"
                    + " Kafka: no queued commands and no events."),
    KAFKA_REPLICATION("3", "On how many brokers each topic is that is made."),
    KAFKA_PARTITIONS("4", "Partitions of the topics that are made; fixed once they exist."),
    KAFKA_ALLOW_UNSAFE("false", "Whether to start although an existing topic may lose messages."),
    KAFKA_SECURITY_PROTOCOL("PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."),
    KAFKA_SASL_MECHANISM("", "With SASL: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."),
    KAFKA_SASL_USER("", "With SASL: the user."),
    KAFKA_SASL_PASSWORD("", "With SASL: its password."),
    KAFKA_TRUSTSTORE(
            "", "With SSL: a PEM file of the certificates to trust; empty is those of the JDK."),
    QUEUE_KEY_FILE(
            "",
            "Required with Kafka: a file with at least 32 secret bytes, which the wallet's own"
                    + " commands are signed with; the same for all instances."),
    LOG_FORMAT("text", "text for people, json for log collectors."),
    LOG_LEVEL("info", "error, warn, info or debug."),
    CURRENCY("USD", "What is meant where a request names no currency."),
    AMOUNT_MAX("1000000000.00", "The most that one command moves, in major units of any currency."),
    IDEMPOTENCY_REQUIRED("false", "Whether money verbs need an idempotency key."),
    IDEMPOTENCY_RETENTION_DAYS("30", "How long keys are kept."),
    SWEEP_SECONDS("3600", "How often expired keys are looked for."),
    CHECK_INCREMENTAL_SECONDS("60", "How often what is new in the books is checked."),
    CHECK_FULL_AT("03:00", "When all the books are checked every day, UTC; never turns it off."),
    SHUTDOWN_SECONDS("20", "How long a stopping server waits for requests that run."),
    BENCH("false", "Adds POST /bench/constant on loopback, which benchmarks compare with.");

    private final @Nullable String usual;
    private final String meaning;

    Variable(@Nullable String usual, String meaning) {
        this.usual = usual;
        this.meaning = meaning;
    }

    /** The name in the environment. */
    String word() {
        return "WALLET_" + name().toUpperCase(Locale.ROOT);
    }

    /** The value when it is not set; null when it must be. */
    @Nullable String usual() {
        return usual;
    }

    String meaning() {
        return meaning;
    }

    boolean isSecret() {
        return this == DATABASE_PASSWORD
                || this == DATABASE_OWNER_PASSWORD
                || this == KAFKA_SASL_PASSWORD;
    }
}
