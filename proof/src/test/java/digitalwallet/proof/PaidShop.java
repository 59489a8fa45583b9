package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.proof.PaymentOrders.Order;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A wallet and the payments service as processes, on stores of their own, and the threads that
 * order.
 */
final class PaidShop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PAGE_MAX = 200;

    /** More payments than one reconciliation asks the provider about. */
    private static final int ASKED_MAX = 500;

    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalIssuer issuer;
    private final EngineFixture books;
    private final WalletProcess wallet;
    private final WalletProcess payments;
    private final PersistentCaller caller;
    private final PaymentOrders orders;

    private PaidShop(
            Path folder, LocalPostgres postgres, LocalKafka kafka, Map<String, String> further) {
        this.postgres = postgres;
        this.kafka = kafka;
        issuer = LocalIssuer.openOrCreate(folder);
        var ports = FreePort.several(2);
        books = EngineFixture.existing(postgres, LocalPostgres.DATABASE);
        wallet =
                WalletProcess.start(
                        "server",
                        folder,
                        postgres,
                        issuer,
                        ports.get(0),
                        with(
                                further,
                                Map.of(
                                        "WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                                        "WALLET_KAFKA_REPLICATION", "1",
                                        "WALLET_QUEUE_KEY_FILE", folder.resolve("key").toString(),
                                        "WALLET_EVENT_KEY_FILE",
                                                folder.resolve("key").toString())));
        payments =
                WalletProcess.startPayments(
                        folder,
                        postgres,
                        issuer,
                        ports.get(1),
                        with(
                                further,
                                Map.of(
                                        "PAYMENTS_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                                        "PAYMENTS_EVENT_KEY_FILE", folder.resolve("key").toString(),
                                        "PAYMENTS_KAFKA_REPLICATION", "1",
                                        "PAYMENTS_REQUERY_MILLIS", "50",
                                        "PAYMENTS_REQUERY_SECONDS_MAX", "2",
                                        "PAYMENTS_CALL_MILLIS_MAX", "1000")));
        caller = new PersistentCaller(issuer);
        orders = new PaymentOrders(wallet.address(), payments.address(), caller);
    }

    private static Map<String, String> with(Map<String, String> further, Map<String, String> own) {
        var all = new HashMap<>(own);
        all.putAll(further);
        return all;
    }

    /** Starts everything, and the users whose wallets the orders move. */
    static PaidShop open(Path folder) {
        return open(folder, Map.of());
    }

    /** The same with further variables for both processes; each has a prefix, or is the JVM's. */
    static PaidShop open(Path folder, Map<String, String> further) {
        var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        var shop = new PaidShop(folder, postgres, LocalKafka.temporary(), further);
        shop.wallet.awaitReady();
        shop.payments.awaitReady();
        shop.orders.openWallets();
        return shop;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    LocalIssuer issuer() {
        return issuer;
    }

    LocalKafka kafka() {
        return kafka;
    }

    WalletProcess wallet() {
        return wallet;
    }

    WalletProcess payments() {
        return payments;
    }

    /** Begins to order this many more payments, and returns when half of them are taken. */
    void order(int more) {
        orders.begin(more);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> orders.open() <= more / 2 || orders.areBroken());
    }

    /** Waits until all that were begun are taken. */
    void awaitTaken() {
        Awaitility.await().atMost(PATIENCE).until(() -> orders.open() == 0 || orders.areBroken());
    }

    /** Waits until each payment has ended; then payments, books, bank and orders agree. */
    void finishAndCheck() {
        orders.finish();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(unended(allPayments())).isEmpty());
        var ended = allPayments();
        assertThat(ended.keySet()).isEqualTo(orders.taken().keySet());
        checkBalances(ended);
        checkEachHappenedOnce(ended);
        checkReports(ended.size());
        BooksInvariants.check(books);
    }

    private Map<String, String> unended(Map<String, JsonNode> found) {
        var unended = new HashMap<String, String>();
        orders.taken()
                .forEach(
                        (id, order) -> {
                            var payment = found.get(id);
                            var state = payment == null ? "none" : payment.path("state").asString();
                            if (!state.equals(order.end())) {
                                unended.put(id, order + " is " + state);
                            }
                        });
        return unended;
    }

    /** All that the payments service knows, by id. */
    private Map<String, JsonNode> allPayments() {
        var found = new HashMap<String, JsonNode>();
        var list = "/payments?limit=" + PAGE_MAX;
        var page = caller.get(payments.address(), "auditor", list);
        while (true) {
            for (var payment : page.path("data")) {
                assertThat(found.put(payment.path("id").asString(), payment)).isNull();
            }
            if (page.path("next_cursor").isNull()) {
                return found;
            }
            var next = list + "&cursor=" + page.path("next_cursor").asString();
            page = caller.get(payments.address(), "auditor", next);
        }
    }

    /**
     * Each wallet holds what it began with, plus what its payments brought, less what they took.
     */
    private void checkBalances(Map<String, JsonNode> ended) {
        var held = new HashMap<String, BigDecimal>();
        PaymentOrders.USERS.forEach(user -> held.put(user, PaymentOrders.BEGINNING));
        for (var payment : ended.values()) {
            if (payment.path("state").asString().equals("settled")) {
                var amount = new BigDecimal(payment.path("amount").asString());
                boolean isIn = payment.path("kind").asString().equals("top-up");
                held.merge(
                        payment.path("user_id").asString(),
                        isIn ? amount : amount.negate(),
                        BigDecimal::add);
            }
        }
        held.forEach(
                (user, amount) -> {
                    var path = "/wallets/" + user + "/balance";
                    var balance = caller.get(wallet.address(), "auditor", path);
                    assertThat(balance.path("amount").asString())
                            .as(user)
                            .isEqualTo(amount.toPlainString());
                });
    }

    /** The ledger has one transaction for each, and the bank one movement, or two when refunded. */
    private void checkEachHappenedOnce(Map<String, JsonNode> ended) {
        var caused = new HashSet<UUID>();
        int refunded = 0;
        int payouts = 0;
        for (var payment : ended.values()) {
            var state = payment.path("state").asString();
            if (state.equals("settled") || state.equals("returned")) {
                caused.add(UUID.fromString(payment.path("transaction_id").asString()));
            }
            refunded += state.equals("refunded") ? 1 : 0;
            payouts += payment.path("kind").asString().equals("payout") ? 1 : 0;
        }
        var posted = " FROM transaction WHERE rejection_code IS NULL AND ";
        assertThat(books.ids("SELECT id" + posted + "authenticated_as = 'payments'"))
                .isEqualTo(caused);
        assertThat(books.number("SELECT count(*)" + posted + "type = 10")).isEqualTo(payouts);
        assertThat(books.number("SELECT count(*) FROM payout_end")).isEqualTo(payouts);
        assertThat(books.number("SELECT count(*) FROM payments.sandbox_movement"))
                .isEqualTo(ended.size() + refunded);
        assertThat(orders.taken().values().stream().map(Order::key)).doesNotHaveDuplicates();
    }

    private void checkReports(int count) {
        var check = caller.get(wallet.address(), "auditor", "/consistency-check?scope=full");
        assertThat(check.path("consistent").asBoolean()).as(check.toString()).isTrue();
        assertThat(check.at("/currencies/0/in_transit").asString()).isEqualTo("0.00");
        var report =
                caller.get(
                        payments.address(),
                        "auditor",
                        "/payments/reconciliation?hours=1&grace_seconds=0");
        assertThat(report.path("agrees").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("complete").asBoolean()).isEqualTo(count < ASKED_MAX);
    }

    @Override
    public void close() {
        orders.close();
        payments.close();
        wallet.close();
        kafka.close();
        postgres.close();
    }
}
