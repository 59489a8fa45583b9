package digitalwallet.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.proof.Repository;
import digitalwallet.proof.WalletProcess;
import digitalwallet.proof.tool.Script;
import digitalwallet.proof.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis calls both services for two minutes with what their documents allow and forbid:
 * nothing fails, and every answer is one that the document has.
 */
final class SchemathesisIT {

    private static final Duration LENGTH = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void schemathesis_finds_nothing_in_the_wallet_and_in_payments() throws Exception {
        var workshop = Workshop.open("schemathesis", List.of(Tool.PYTHON));
        try (var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
                var kafka = LocalKafka.temporary()) {
            var issuer = LocalIssuer.openOrCreate(folder);
            var ports = FreePort.several(2);
            try (var wallet = wallet(postgres, kafka, issuer, ports.get(0));
                    var payments = payments(postgres, kafka, issuer, ports.get(1));
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                wallet.awaitReady();
                payments.awaitReady();
                var token = token(issuer);

                // Both services at once, because each takes minutes.
                Future<Script> ofWallet =
                        threads.submit(() -> call(workshop, "openapi", wallet, token));
                Future<Script> ofPayments =
                        threads.submit(() -> call(workshop, "openapi-payments", payments, token));

                assertThat(ofWallet.get().exitCode()).as(ofWallet.get().output()).isZero();
                assertThat(ofPayments.get().exitCode()).as(ofPayments.get().output()).isZero();
                assertThat(wallet.isAlive()).isTrue();
                assertThat(payments.isAlive()).isTrue();
                assertThat(wallet.fullCheck(issuer)).contains("\"consistent\":true");
            }
        }
    }

    private static Script call(
            Workshop workshop, String document, WalletProcess service, String token) {
        return workshop.run(
                Repository.root().resolve("docs").resolve(document + ".yaml").toString(),
                service.address().toString(),
                token,
                Long.toString(LENGTH.toSeconds()));
    }

    private WalletProcess wallet(
            LocalPostgres postgres, LocalKafka kafka, LocalIssuer issuer, int port) {
        return WalletProcess.start(
                "server",
                folder,
                postgres,
                issuer,
                port,
                Map.of(
                        "WALLET_KAFKA_BOOTSTRAP",
                        kafka.bootstrap(),
                        "WALLET_KAFKA_REPLICATION",
                        "1",
                        "WALLET_QUEUE_KEY_FILE",
                        folder.resolve("key").toString(),
                        "WALLET_EVENT_KEY_FILE",
                        folder.resolve("key").toString()));
    }

    private WalletProcess payments(
            LocalPostgres postgres, LocalKafka kafka, LocalIssuer issuer, int port) {
        return WalletProcess.startPayments(
                folder,
                postgres,
                issuer,
                port,
                Map.of(
                        "PAYMENTS_KAFKA_BOOTSTRAP",
                        kafka.bootstrap(),
                        "PAYMENTS_EVENT_KEY_FILE",
                        folder.resolve("key").toString(),
                        "PAYMENTS_KAFKA_REPLICATION",
                        "1"));
    }

    /** A caller who may call everything. */
    private static String token(LocalIssuer issuer) {
        return issuer.sign(
                new JWTClaimsSet.Builder()
                        .issuer(issuer.issuer())
                        .audience(issuer.audience())
                        .subject("shop")
                        .claim("roles", List.of("system", "auditor", "admin"))
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .build());
    }
}
