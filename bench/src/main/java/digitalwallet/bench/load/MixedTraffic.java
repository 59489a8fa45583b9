package digitalwallet.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Of a hundred requests, 30 are deposits, 40 purchases, 20 transfers, 8 withdrawals and 2 refunds
 * of purchases that were answered; two of a hundred are sent twice, and one asks for more than
 * there is.
 */
public final class MixedTraffic implements Traffic {

    private static final int CREATED = 201;
    private static final int REJECTED = 422;
    private static final int ORDERS_MAX = 10_000;
    private static final String MORE_THAN_THERE_IS = "900000000.00";

    private final Requests requests;
    private final Books books;
    private final int wallets;
    private final Map<Integer, Sent> sent = new HashMap<>();
    private final Deque<Order> orders = new ArrayDeque<>();
    private long ordersMade;

    private record Order(String user, String id) {}

    /** A request under way, and what should come of it. */
    private record Sent(
            String path, String key, String body, @Nullable Order order, boolean rejected) {}

    public MixedTraffic(Requests requests, Books books, int wallets) {
        this.requests = requests;
        this.books = books;
        this.wallets = wallets;
    }

    @Override
    public ByteBuffer next(int connection) {
        var random = ThreadLocalRandom.current();
        var before = sent.get(connection);
        var request = before != null && random.nextInt(100) < 2 ? before : fresh(random);
        sent.put(connection, request);
        return requests.post(connection, request.path, request.key, request.body);
    }

    private Sent fresh(ThreadLocalRandom random) {
        var user = Books.user(random.nextInt(wallets));
        if (random.nextInt(100) == 0) {
            return request("/withdraw", body(user, MORE_THAN_THERE_IS, ""), null, true);
        }
        var amount = "0." + random.nextInt(10, 100);
        int choice = random.nextInt(100);
        if (choice < 30) {
            return request("/deposit", body(user, amount, ""), null, false);
        }
        if (choice < 70) {
            var order = new Order(user, "order-" + ++ordersMade);
            return request(
                    "/purchase",
                    body(user, amount, ",\"order_id\":\"" + order.id + "\""),
                    order,
                    false);
        }
        if (choice < 90) {
            return request("/transfer", TransferTraffic.body(wallets), null, false);
        }
        var order = choice < 98 ? null : orders.poll();
        if (order == null) {
            return request("/withdraw", body(user, amount, ""), null, false);
        }
        return request(
                "/refund",
                body(order.user, "0.01", ",\"related_order_id\":\"" + order.id + "\""),
                null,
                false);
    }

    private static Sent request(String path, String body, @Nullable Order order, boolean rejected) {
        return new Sent(path, Books.newId().toString(), body, order, rejected);
    }

    private static String body(String user, String amount, String more) {
        return "{\"user_id\":\""
                + user
                + "\",\"amount\":\""
                + amount
                + "\",\"initiated_by\":\"shop\""
                + more
                + "}";
    }

    @Override
    public int answered(int connection, HttpAnswer answer) {
        var request = sent.get(connection);
        if (request == null || answer.status() != (request.rejected ? REJECTED : CREATED)) {
            throw new IllegalStateException(request + " was answered " + answer.text());
        }
        if (!request.rejected && !answer.isReplay()) {
            books.accepted(1);
            if (request.order != null && orders.size() < ORDERS_MAX) {
                orders.add(request.order);
            }
        }
        return 1;
    }
}
