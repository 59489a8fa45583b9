package digitalwallet.proof;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.ledger.scenario.Scenario;
import digitalwallet.ledger.scenario.ScenarioRunner;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios as an API's caller lives them: a server process, HTTP, JSON. */
@TestInstance(Lifecycle.PER_CLASS)
final class RestScenariosIT {

    private final LocalPostgres postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
    private final LocalIssuer issuer;
    private final WalletProcess server;

    RestScenariosIT(@TempDir Path folder) {
        issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        server = WalletProcess.start("scenarios", folder, postgres, issuer, FreePort.any());
    }

    @BeforeAll
    void awaitServer() {
        server.awaitReady();
    }

    @AfterAll
    void end() {
        server.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> scenarios_hold_over_http() {
        var wallets = new RestWallets(server.address(), token());
        return Scenario.all().stream()
                // Callers can start payouts; the payments service ends them.
                .filter(scenario -> !scenario.file().equals("payouts"))
                .map(
                        scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.toString(),
                                        () -> ScenarioRunner.run(scenario, wallets)));
    }

    /** A caller with two roles: a service that moves money, and an administrator that freezes. */
    private String token() {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.issuer())
                        .audience(issuer.audience())
                        .subject(RestWallets.INITIATOR)
                        .claim("roles", List.of("system", "admin"))
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .build();
        return issuer.sign(claims);
    }
}
