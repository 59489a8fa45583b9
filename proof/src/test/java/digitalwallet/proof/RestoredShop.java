package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.proof.RestoredOrders.Order;
import digitalwallet.proof.Stores.Store;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A wallet and its payments whose stores are kept at two times: in the middle of payments of every
 * state, and after more of them, when all have ended.
 */
final class RestoredShop implements AutoCloseable {

    private static final String THEN = "then";
    private static final String END = "at_the_end";
    private static final Pattern CONFIRM = Pattern.compile("WALLET_RESTORED=([^ ]+Z)[.]");

    private final Stores stores;
    private final LocalIssuer issuer;
    private final WalletProcess wallet;
    private final WalletProcess payments;
    private final PersistentCaller caller;
    private final RestoredOrders orders;
    private final Holdings holdings;
    private final Stillness stillness;
    private Instant kept = Instant.EPOCH;

    private RestoredShop(Path folder) {
        stores = new Stores(folder.resolve("stores"));
        issuer = LocalIssuer.openOrCreate(folder);
        var ports = FreePort.several(2);
        var key = folder.resolve("key").toString();
        var kafka = stores.kafka().bootstrap();
        wallet =
                WalletProcess.start(
                        "server",
                        folder,
                        stores.postgres(),
                        issuer,
                        ports.getFirst(),
                        Map.of(
                                "WALLET_KAFKA_BOOTSTRAP", kafka,
                                "WALLET_KAFKA_REPLICATION", "1",
                                "WALLET_QUEUE_KEY_FILE", key,
                                "WALLET_EVENT_KEY_FILE", key));
        payments =
                WalletProcess.startPayments(
                        folder,
                        stores.postgres(),
                        issuer,
                        ports.getLast(),
                        Map.of(
                                "PAYMENTS_DATABASE_URL", stores.paymentsUrl(),
                                "PAYMENTS_KAFKA_BOOTSTRAP", kafka,
                                "PAYMENTS_KAFKA_REPLICATION", "1",
                                "PAYMENTS_EVENT_KEY_FILE", key,
                                "PAYMENTS_REQUERY_MILLIS", "100",
                                "PAYMENTS_REQUERY_SECONDS_MAX", "1",
                                "PAYMENTS_CALL_MILLIS_MAX", "2000"));
        caller = new PersistentCaller(issuer);
        orders = new RestoredOrders(wallet.address(), payments.address(), caller);
        holdings = new Holdings(stores);
        stillness = new Stillness(orders, holdings);
    }

    /** Makes payments of every state, and keeps the stores at both times. */
    static RestoredShop open(Path folder) {
        var shop = new RestoredShop(folder);
        try {
            shop.untilThen();
            shop.untilTheEnd();
            return shop;
        } catch (RuntimeException | AssertionError e) {
            // Nobody would close it.
            shop.close();
            throw e;
        }
    }

    private void untilThen() {
        awaitReady();
        RestoredOrders.all().filter(order -> !order.isTopUp()).forEach(orders::begin);
        orders.openWallet("in-refused");
        orders.close("in-refused");
        orders.openWallet("in-told-refused");
        orders.close("in-told-refused");
        orders.openWallet("in-pending-refused");
        RestoredOrders.BEFORE.forEach(orders::order);
        stillness.awaitEnd(RestoredOrders.BEFORE);
        RestoredOrders.ON_THEIR_WAY.forEach(orders::order);
        stillness.awaitKnown(RestoredOrders.ON_THEIR_WAY.size() + RestoredOrders.BEFORE.size());
        wallet.end();
        RestoredOrders.TOLD.forEach(orders::order);
        Stillness.await(() -> assertThat(orders.states().get("in-told")).isEqualTo("succeeded"));
        Stillness.await(
                () -> assertThat(orders.states().get("out-told")).isIn("succeeded", "settled"));
        Stillness.await(
                () ->
                        assertThat(
                                        stores.query(
                                                Stores.PAYMENTS,
                                                "SELECT id FROM payments.outbox WHERE"
                                                        + " published_at IS NULL"))
                                .isEmpty());
        payments.end();
        kept = Instant.now();
        stores.keep(THEN);
    }

    private void untilTheEnd() {
        wallet.restart();
        wallet.awaitReady();
        // Before payments can say that it is paid.
        orders.close("in-pending-refused");
        orders.openWallet("in-after-refused");
        orders.close("in-after-refused");
        payments.restart();
        payments.awaitReady();
        RestoredOrders.AFTER.forEach(orders::order);
        stillness.awaitEnd(RestoredOrders.all().toList());
        assertThat(holdings.differences()).isEmpty();
        stop();
        stores.keep(END);
    }

    /** Puts these stores back, the others not, and does what the runbook says. */
    void restore(Set<Store> back) {
        restore(back, false);
    }

    /** The same, and Kafka is lost. */
    void restoreWithoutKafka(Set<Store> back) {
        restore(back, true);
    }

    private void restore(Set<Store> back, boolean isKafkaLost) {
        stop();
        stores.putAll(END);
        back.forEach(store -> stores.putBack(store, THEN));
        if (isKafkaLost) {
            stores.loseKafka();
        }
        stores.kafka().restart();
        var since = kept.minus(Duration.ofMinutes(10)).toString();
        boolean isKafkaOlder = isKafkaLost || back.contains(Store.KAFKA);
        if (isKafkaOlder && !isKafkaLost && !back.contains(Store.BOOKS)) {
            stores.deleteTopics("wallet.commands", "payments.events");
        }
        wallet.restartWith(isKafkaOlder ? Map.of("WALLET_PUBLISH_SINCE", since) : Map.of());
        payments.restartWith(isKafkaOlder ? Map.of("PAYMENTS_TELL_SINCE", since) : Map.of());
        if (back.contains(Store.BOOKS) && !isKafkaOlder) {
            confirm();
        }
        awaitReady();
    }

    /** The wallet stands still and says what to confirm; it is confirmed. */
    private void confirm() {
        Stillness.await(() -> assertThat(wallet.answer()).contains("stands still"));
        var confirmed = CONFIRM.matcher(wallet.answer());
        assertThat(confirmed.find()).as(wallet.answer()).isTrue();
        wallet.end();
        wallet.restartWith(Map.of("WALLET_RESTORED", confirmed.group(1)));
    }

    /** Callers repeat what they have asked for, under their keys. */
    void callersRepeat() {
        RestoredOrders.AFTER.stream().filter(Order::isTopUp).forEach(orders::order);
    }

    /**
     * Waits until nothing moves any more. Then each wallet holds what the bank has moved, or the
     * reconciliation names the user and the amount.
     *
     * @param mayBeTwice whether a user may hold what the bank has paid out, too, if that is named
     */
    void check(boolean mayBeTwice) {
        stillness.awaitStillness();
        var named = named();
        var different = holdings.differences();
        different.forEach(
                (user, difference) -> {
                    assertThat(named.getOrDefault(user, List.of()))
                            .as(user + " differs by " + difference + ", named " + named)
                            .anySatisfy(
                                    each -> {
                                        assertThat(new BigDecimal(each.path("amount").asString()))
                                                .isEqualByComparingTo(difference.abs());
                                        assertThat(each.path("remedy").asString()).isNotBlank();
                                    });
                    if (!mayBeTwice) {
                        assertThat(difference).as(user).isNotPositive();
                    }
                });
        var check = caller.get(wallet.address(), "auditor", "/consistency-check?scope=full");
        assertThat(check.path("consistent").asBoolean()).as(check.toString()).isTrue();
    }

    /** The state of each user's payment. */
    Map<String, String> states() {
        return orders.states();
    }

    /** Users whose wallets do not hold what the bank has moved. */
    Map<String, BigDecimal> different() {
        return holdings.differences();
    }

    /** Whom the reconciliation names, and with what. */
    Map<String, List<JsonNode>> named() {
        var report =
                caller.get(
                        payments.address(),
                        "auditor",
                        "/payments/reconciliation?hours=1&grace_seconds=0");
        var named = new HashMap<String, List<JsonNode>>();
        for (var each : report.path("differences")) {
            named.computeIfAbsent(each.path("user_id").asString(), _ -> new ArrayList<>())
                    .add(each);
        }
        return named;
    }

    private void awaitReady() {
        wallet.awaitReady();
        payments.awaitReady();
    }

    private void stop() {
        wallet.end();
        payments.end();
    }

    @Override
    public void close() {
        caller.close();
        payments.close();
        wallet.close();
        stores.close();
    }
}
