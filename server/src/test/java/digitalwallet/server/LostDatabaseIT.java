package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.server.TestWallet.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** While PostgreSQL is away every endpoint says so at once; when it is back, so is the wallet. */
final class LostDatabaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void every_endpoint_asks_to_come_again_until_the_database_is_back() {
        try (var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of())) {
            postgres.createDatabase("lost");
            var wallet = TestWallet.with(database(postgres, "lost"));
            try (var server = wallet.server()) {
                var user = wallet.aWalletWith("10.00");
                var deposit = wallet.post("system", "/deposit", TestWallet.deposit(user, "1.00"));
                var id = deposit.json().at("/transaction/id").asString();
                var calls = calls(wallet, user, id);

                postgres.kill();
                Awaitility.await().atMost(PATIENCE).until(() -> readiness(wallet) == 503);
                calls.forEach((what, call) -> assertAskedToComeAgain(what, call.get()));
                assertThat(wallet.send(wallet.request("/healthz").GET()).status()).isEqualTo(200);

                postgres.restart();
                Awaitility.await().atMost(PATIENCE).until(() -> readiness(wallet) == 200);
                calls.forEach(
                        (what, call) ->
                                assertThat(call.get().status()).as(what).isBetween(200, 201));
                var total = wallet.get("system", "/wallets/" + user + "/balance").text("amount");
                assertThat(total).isEqualTo("12.00");
                assertThat(server.port()).isPositive();
            }
        }
    }

    @Test
    void a_command_that_the_broker_has_is_answered_202_although_the_database_is_away() {
        try (var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
                var kafka = LocalKafka.temporary()) {
            postgres.createDatabase("lost");
            var variables = new HashMap<>(QueueFixture.variables(kafka));
            variables.putAll(database(postgres, "lost"));
            variables.put("WALLET_KAFKA_REPLICATION", "1");
            var wallet = TestWallet.with(variables);
            try (var server = wallet.server()) {
                var body = TestWallet.deposit("alice", "1.00");
                var prefer = Map.of("Prefer", "respond-async, wait=2");
                // Then the topics are there.
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(
                                () ->
                                        wallet.post("system", "/deposit", body, prefer).status()
                                                < 300);

                postgres.kill();
                var queued = wallet.post("system", "/deposit", body, prefer);
                assertThat(queued.status()).isEqualTo(202);
                var where = Objects.requireNonNull(queued.header("Location"));
                // With a key the books are asked first: then truly nothing was done.
                var key = Map.of("Prefer", "respond-async, wait=2", "Idempotency-Key", "k");
                assertThat(wallet.post("system", "/deposit", body, key).status()).isEqualTo(503);

                postgres.restart();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> wallet.get("system", where).text("status").equals("posted"));
                assertThat(wallet.get("system", "/wallets/alice/balance").text("amount"))
                        .isEqualTo("2.00");
                assertThat(server.port()).isPositive();
            }
        }
    }

    private static int readiness(TestWallet wallet) {
        return wallet.send(wallet.request("/readyz").GET()).status();
    }

    private static void assertAskedToComeAgain(String what, Reply reply) {
        assertThat(reply.status()).as(what + ": " + reply.body()).isEqualTo(503);
        assertThat(reply.code()).as(what).isEqualTo("unavailable");
        assertThat(reply.header("Retry-After")).as(what).isNotNull();
        assertThat(reply.json().path("retryable").asBoolean()).as(what).isTrue();
    }

    /** Each leaves the sum of money as it is, but for one deposit of 1.00. */
    private static Map<String, Supplier<Reply>> calls(TestWallet wallet, String user, String id) {
        var calls = new LinkedHashMap<String, Supplier<Reply>>();
        var one = TestWallet.deposit(user, "1.00");
        var friend = wallet.aWalletWith("5.00");
        var transfer =
                """
                {"from_user_id":"%s","to_user_id":"%s","amount":"1.00","initiated_by":"system"}\
                """
                        .formatted(friend, user);
        var frozen = wallet.aWalletWith("1.00");
        calls.put("deposit", () -> wallet.post("system", "/deposit", one));
        calls.put("withdraw", () -> wallet.post("system", "/withdraw", one));
        calls.put("purchase", () -> wallet.post("system", "/purchase", one));
        calls.put("refund", () -> wallet.post("system", "/refund", one));
        calls.put("transfer", () -> wallet.post("system", "/transfer", transfer));
        calls.put("open", () -> wallet.post("system", "/wallets", opening()));
        for (var verb : new String[] {"freeze", "unfreeze"}) {
            var path = "/wallets/" + frozen + "/" + verb;
            var body = "{\"initiated_by\":\"admin\",\"reason\":\"a test\"}";
            calls.put(verb, () -> wallet.post("admin", path, body));
        }
        for (var path :
                new String[] {
                    "/wallets/" + user,
                    "/wallets/" + user + "/balance",
                    "/wallets/" + user + "/transactions",
                    "/transactions/" + id,
                    "/transactions"
                }) {
            calls.put(path, () -> wallet.get("system", path));
        }
        calls.put("check", () -> wallet.get("auditor", "/consistency-check"));
        calls.put("full check", () -> wallet.get("auditor", "/consistency-check?scope=full"));
        return calls;
    }

    private static String opening() {
        return """
        {"user_id":"%s","currency":"EUR","initiated_by":"system"}\
        """
                .formatted(TestWallet.somebody());
    }

    private static Map<String, String> database(LocalPostgres postgres, String name) {
        return Map.of(
                "WALLET_DATABASE_URL", postgres.jdbcUrl(name),
                "WALLET_DATABASE_USER", postgres.serverUser(),
                "WALLET_DATABASE_PASSWORD", postgres.serverPassword(),
                "WALLET_DATABASE_OWNER_USER", postgres.ownerUser(),
                "WALLET_DATABASE_OWNER_PASSWORD", postgres.ownerPassword());
    }
}
