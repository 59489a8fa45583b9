package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.token.LocalIssuer;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables a local payments service is configured by: the same Kafka and the same issuer as
 * the wallet's, a role of its own in the same PostgreSQL, and the sandbox bank. What a person has
 * set in the environment wins, except for the database and the broker.
 */
final class PaymentsEnvironment {

    private static final String WALLET = "WALLET_KAFKA_";
    private static final String PAYMENTS = "PAYMENTS_KAFKA_";

    private PaymentsEnvironment() {}

    static Map<String, String> of(
            DataFolder folder,
            LocalPostgres postgres,
            LocalIssuer issuer,
            Broker broker,
            int port,
            int managementPort) {
        var variables =
                new HashMap<>(
                        Map.of(
                                "PAYMENTS_BIND", "127.0.0.1",
                                "PAYMENTS_ISSUER", issuer.issuer(),
                                "PAYMENTS_AUDIENCE", issuer.audience(),
                                "PAYMENTS_JWKS_URL", issuer.jwksUri().toString(),
                                "PAYMENTS_SANDBOX", "true",
                                "PAYMENTS_WEBHOOK_KEY_FILE", folder.webhookKey().toString(),
                                "PAYMENTS_EVENT_KEY_FILE", eventKey(folder),
                                "PAYMENTS_LOG_FORMAT", "text"));
        // One broker of one's own is described once, for the wallet.
        System.getenv()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(WALLET)) {
                                variables.put(name.replace(WALLET, PAYMENTS), value);
                            }
                        });
        variables.keySet().removeAll(System.getenv().keySet());
        variables.put("PAYMENTS_HTTP_PORT", Integer.toString(port));
        variables.put("PAYMENTS_MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.put("PAYMENTS_KAFKA_BOOTSTRAP", broker.bootstrap());
        if (broker instanceof Broker.Embedded(var child)) {
            variables.put("PAYMENTS_KAFKA_REPLICATION", "1");
            child.login(BrokerAccounts.PAYMENTS)
                    .forEach((name, value) -> variables.put("PAYMENTS_" + name, value));
        }
        variables.put("PAYMENTS_DATABASE_URL", postgres.jdbcUrl(LocalPostgres.DATABASE));
        for (var role : new String[] {"", "OWNER_"}) {
            variables.put("PAYMENTS_DATABASE_" + role + "USER", LocalPostgres.PAYMENTS);
            variables.put("PAYMENTS_DATABASE_" + role + "PASSWORD", postgres.paymentsPassword());
        }
        return variables;
    }

    /** The same key as the wallet's, also when that is a person's own. */
    private static String eventKey(DataFolder folder) {
        var own = System.getenv("WALLET_EVENT_KEY_FILE");
        return own == null ? folder.eventKey().toString() : own;
    }
}
