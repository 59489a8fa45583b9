package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.token.LocalIssuer;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables a local server is configured by. What a person has set in the environment wins, but
 * for the database.
 */
final class ServerEnvironment {

    private ServerEnvironment() {}

    static Map<String, String> of(
            DataFolder folder,
            LocalPostgres postgres,
            LocalIssuer issuer,
            int port,
            int managementPort) {
        var variables =
                new HashMap<>(
                        Map.of(
                                "WALLET_BIND", "127.0.0.1",
                                "WALLET_MANAGEMENT_PORT", Integer.toString(managementPort),
                                "WALLET_ISSUER", issuer.issuer(),
                                "WALLET_AUDIENCE", issuer.audience(),
                                "WALLET_JWKS_URL", issuer.jwksUri().toString(),
                                "WALLET_DIGEST_KEY_FILE", folder.digestKey().toString(),
                                "WALLET_LOG_FORMAT", "text"));
        variables.keySet().removeAll(System.getenv().keySet());
        variables.put("WALLET_HTTP_PORT", Integer.toString(port));
        variables.putAll(database(postgres, postgres.serverUser(), postgres.serverPassword()));
        variables.put("WALLET_DATABASE_OWNER_USER", postgres.ownerUser());
        variables.put("WALLET_DATABASE_OWNER_PASSWORD", postgres.ownerPassword());
        return variables;
    }

    static Map<String, String> database(LocalPostgres postgres, String user, String password) {
        return Map.of(
                "WALLET_DATABASE_URL", postgres.jdbcUrl(LocalPostgres.DATABASE),
                "WALLET_DATABASE_USER", user,
                "WALLET_DATABASE_PASSWORD", password);
    }
}
