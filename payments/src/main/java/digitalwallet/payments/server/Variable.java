package digitalwallet.payments.server;

import org.jspecify.annotations.Nullable;

/**
 * Every environment variable of the payments service: the one table that settings and documentation
 * come from.
 */
enum Variable {
    DATABASE_URL(null, "JDBC address of PostgreSQL 15 or newer, without user and password."),
    DATABASE_USER(null, "The role the service works as."),
    DATABASE_PASSWORD(null, "Its password."),
    DATABASE_OWNER_USER(
            "",
            "The role that owns the schema payments. Given: it is filled or upgraded at start."),
    DATABASE_OWNER_PASSWORD("", "Its password."),
    DATABASE_CONNECTIONS_MAX("8", "Connections to the database; at least 6."),
    HTTP_PORT("8081", "Where the API listens; 0 is any free port."),
    BIND("127.0.0.1", "The address the API listens on; 0.0.0.0 is all."),
    MANAGEMENT_PORT("9081", "Where Prometheus finds /metrics; 0 is any free port."),
    MANAGEMENT_BIND("127.0.0.1", "The address /metrics listens on."),
    ISSUER(null, "Who issues the callers' tokens: their claim iss."),
    AUDIENCE(null, "For whom tokens are issued: their claim aud has it."),
    JWKS_URL(null, "Where the issuer's public keys are: an http, https or file address."),
    KAFKA_BOOTSTRAP(null, "Addresses of brokers, such as 127.0.0.1:9092."),
    KAFKA_REPLICATION("3", "On how many brokers topics are that the service makes."),
    KAFKA_PARTITIONS("4", "Partitions of topics that the service makes."),
    KAFKA_ALLOW_UNSAFE("false", "Whether to use topics whose settings may lose messages."),
    KAFKA_SECURITY_PROTOCOL("PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."),
    KAFKA_SASL_MECHANISM("SCRAM-SHA-512", "SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN."),
    KAFKA_SASL_USER("", "The user of the brokers."),
    KAFKA_SASL_PASSWORD("", "Its password."),
    KAFKA_TRUSTSTORE("", "A PEM file with the certificates that the brokers' are issued by."),
    WEBHOOK_KEY_FILE(null, "A file with at least 32 secret bytes, which webhooks are signed with."),
    SANDBOX("false", "Whether the sandbox bank runs and takes methods sandbox:…"),
    CURRENCY("USD", "What is meant where a request names no currency."),
    AMOUNT_MAX("1000000000.00", "The most one payment moves, in major units of any currency."),
    REQUERY_MILLIS("2000", "When a provider is asked again; doubled each time."),
    REQUERY_SECONDS_MAX("3600", "The longest time between two questions."),
    CALL_MILLIS_MAX("30000", "How long a call to a provider may take."),
    CALLS_MAX("16", "Calls to providers that run at once."),
    ALERT_SECONDS("600", "How long a payment may be on its way before somebody is told."),
    LOG_FORMAT("text", "text for people, json for log collectors."),
    LOG_LEVEL("info", "error, warn, info or debug."),
    SHUTDOWN_SECONDS("20", "How long a stopping service waits for requests that run.");

    static final String PREFIX = "PAYMENTS_";

    private final @Nullable String usual;
    private final String meaning;

    Variable(@Nullable String usual, String meaning) {
        this.usual = usual;
        this.meaning = meaning;
    }

    /** The name in the environment. */
    String word() {
        return PREFIX + name();
    }

    /** The value when it is not set; null when it must be. */
    @Nullable String usual() {
        return usual;
    }

    String meaning() {
        return meaning;
    }

    boolean isSecret() {
        return name().endsWith("_PASSWORD");
    }
}
