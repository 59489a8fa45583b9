package digitalwallet.proof;

import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Payments that are ordered before and after stores are kept, one of each user. */
final class RestoredOrders {

    static final BigDecimal BEGINNING = new BigDecimal("100.00");

    /**
     * A payment, by its user: each has one.
     *
     * @param script what the bank is to do
     */
    record Order(String user, String script) {
        boolean isTopUp() {
            return user.startsWith("in-");
        }
    }

    static final List<Order> BEFORE =
            List.of(
                    new Order("in-settled", "ok"),
                    new Order("in-failed", "decline"),
                    new Order("in-refused", "ok"),
                    new Order("out-settled", "ok"),
                    new Order("out-returned", "decline"));

    /** On their way when the stores are kept. */
    static final List<Order> ON_THEIR_WAY =
            List.of(
                    new Order("in-pending", "delay-20s"),
                    new Order("in-pending-failed", "delay-20s:decline"),
                    new Order("in-pending-refused", "delay-20s"),
                    new Order("out-pending", "delay-20s"),
                    new Order("out-pending-returned", "delay-20s:decline"),
                    new Order("out-told", "delay-5s"),
                    new Order("out-told-returned", "delay-5s:decline"));

    /** The wallet has been told of these, but it is dead. */
    static final List<Order> TOLD =
            List.of(new Order("in-told", "ok"), new Order("in-told-refused", "ok"));

    static final List<Order> AFTER =
            List.of(
                    new Order("in-after", "ok"),
                    new Order("in-after-refused", "ok"),
                    new Order("out-after", "ok"),
                    new Order("out-after-returned", "decline"));

    private final URI wallet;
    private final URI payments;
    private final PersistentCaller caller;

    RestoredOrders(URI wallet, URI payments, PersistentCaller caller) {
        this.wallet = wallet;
        this.payments = payments;
        this.caller = caller;
    }

    /** All of them, whenever they are ordered. */
    static Stream<Order> all() {
        return Stream.of(BEFORE, ON_THEIR_WAY, TOLD, AFTER).flatMap(List::stream);
    }

    /** The state of each user's payment. */
    Map<String, String> states() {
        var states = new HashMap<String, String>();
        var page = caller.get(payments, "auditor", "/payments?limit=200");
        for (var payment : page.path("data")) {
            states.put(payment.path("user_id").asString(), payment.path("state").asString());
        }
        return states;
    }

    void begin(Order order) {
        var body =
                "{\"user_id\":\"%s\",\"amount\":\"%s\",\"initiated_by\":\"shop\"}"
                        .formatted(order.user, BEGINNING);
        caller.post(wallet, "system", "/deposit", "begin-" + order.user, body, 201);
    }

    void openWallet(String user) {
        var body = "{\"user_id\":\"%s\",\"initiated_by\":\"shop\"}".formatted(user);
        caller.post(wallet, "system", "/wallets", "open-" + user, body, 201);
    }

    void close(String user) {
        var body = "{\"initiated_by\":\"the-admin\",\"reason\":\"asked for it\"}";
        var path = "/wallets/" + user + "/close";
        caller.post(wallet, "admin", path, "close-" + user, body, 201);
    }

    void order(Order order) {
        var method = "sandbox:" + order.script;
        if (order.isTopUp()) {
            var body =
                    "{\"user_id\":\"%s\",\"amount\":\"10.00\",\"method\":\"%s\"}"
                            .formatted(order.user, method);
            var key = "order-" + order.user;
            caller.post(payments, "system", "/payments/top-ups", key, body, 202);
        } else {
            var body =
                    """
                    {"user_id":"%s","amount":"10.00","initiated_by":"shop",
                     "payout":{"method":"%s","destination":"DE89370400440532013000"}}\
                    """
                            .formatted(order.user, method);
            caller.post(wallet, "system", "/withdraw", "order-" + order.user, body, 201);
        }
    }
}
