package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.local.token.LocalIssuer;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables a local server is configured by. What a person has set in the environment wins,
 * except for the database and for what --without-kafka or an embedded broker settles.
 */
final class ServerEnvironment {

    private static final String OWNER_USER = "WALLET_DATABASE_OWNER_USER";
    private static final String OWNER_PASSWORD = "WALLET_DATABASE_OWNER_PASSWORD";

    private ServerEnvironment() {}

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
                                "WALLET_BIND", "127.0.0.1",
                                "WALLET_ISSUER", issuer.issuer(),
                                "WALLET_AUDIENCE", issuer.audience(),
                                "WALLET_JWKS_URL", issuer.jwksUri().toString(),
                                "WALLET_DIGEST_KEY_FILE", folder.digestKey().toString(),
                                "WALLET_LOG_FORMAT", "text"));
        variables.keySet().removeAll(System.getenv().keySet());
        variables.put("WALLET_HTTP_PORT", Integer.toString(port));
        variables.put("WALLET_MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.putAll(database(postgres, postgres.serverUser(), postgres.serverPassword()));
        variables.putAll(queue(folder, broker));
        return variables;
    }

    /** What the migration is told: the owner's password, and whom to give the rights. */
    static Map<String, String> ofMigration(LocalPostgres postgres) {
        return Map.of(
                "WALLET_DATABASE_URL",
                postgres.jdbcUrl(LocalPostgres.DATABASE),
                "WALLET_DATABASE_USER",
                postgres.serverUser(),
                OWNER_USER,
                postgres.ownerUser(),
                OWNER_PASSWORD,
                postgres.ownerPassword());
    }

    /** An empty address is passed on too: it says that no Kafka is wanted. */
    private static Map<String, String> queue(DataFolder folder, Broker broker) {
        var variables = new HashMap<>(Map.of(Broker.BOOTSTRAP, broker.bootstrap()));
        if (broker instanceof Broker.Embedded(var child)) {
            variables.put("WALLET_KAFKA_REPLICATION", "1");
            child.login(BrokerAccounts.SERVER)
                    .forEach((name, value) -> variables.put("WALLET_" + name, value));
        }
        if (!(broker instanceof Broker.None)) {
            var signatures =
                    new HashMap<>(
                            Map.of(
                                    "WALLET_QUEUE_KEY_FILE", folder.queueKey(),
                                    "WALLET_EVENT_KEY_FILE", folder.eventKey(),
                                    "WALLET_PRODUCERS_FILE",
                                            ProducerRegistry.in(folder.producers()).file()));
            signatures.keySet().removeAll(System.getenv().keySet());
            signatures.forEach((name, file) -> variables.put(name, file.toString()));
        }
        return variables;
    }

    static Map<String, String> database(LocalPostgres postgres, String user, String password) {
        return Map.of(
                "WALLET_DATABASE_URL", postgres.jdbcUrl(LocalPostgres.DATABASE),
                "WALLET_DATABASE_USER", user,
                "WALLET_DATABASE_PASSWORD", password);
    }
}
