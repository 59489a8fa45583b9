package digitalwallet.bench.soak;

import digitalwallet.bench.load.LocalWallet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ordinary traffic of every kind, and what it must leave in the wallets. */
final class Customers implements AutoCloseable {

    private static final int CUSTOMERS = 24;
    private static final long PAUSE_MILLIS = 400;
    private static final int BATCH = 10;
    private static final int BEGINNING = 100_000_00;
    private static final long END_PATIENCE_NANOS = 180_000_000_000L;
    private static final Pattern AMOUNT = Pattern.compile("\"amount\":\"(\\d+)\\.(\\d\\d)\"");

    private final String wallet;
    private final String payments;
    private final String token;
    private final String auditor;
    private final HttpCaller caller = new HttpCaller();
    private final AtomicLong cents = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** Gives each of them money, and begins. */
    Customers(LocalWallet wallet) throws InterruptedException {
        this.wallet = "http://127.0.0.1:" + wallet.port();
        this.payments = "http://127.0.0.1:" + wallet.paymentsPort();
        token = wallet.token("system", "shop");
        auditor = wallet.token("auditor", "auditor");
        for (int i = 0; i < CUSTOMERS; i++) {
            command("/deposit", fields(user(i), BEGINNING, ""), BEGINNING);
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> run(number)));
        }
    }

    /** Gives somebody who is no customer a wallet. */
    void openWallet(String user) throws InterruptedException {
        command("/deposit", fields(user, 100, ""), 0);
    }

    private static String user(int number) {
        return "customer-" + number;
    }

    private void run(int number) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
            while (!ended) {
                act(number);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            caller.unserved().count(user(number) + " went away: " + e);
        }
    }

    private void act(int number) throws InterruptedException {
        var user = user(number);
        int amount = ThreadLocalRandom.current().nextInt(100, 1_000);
        switch (ThreadLocalRandom.current().nextInt(12)) {
            case 0 -> command("/deposit", fields(user, amount, ""), amount);
            case 1 -> command("/withdraw", fields(user, amount, ""), -amount);
            case 2 -> buyAndReturn(user, amount);
            case 3 -> command("/transfer", transfer(number, amount), 0);
            case 4 -> queued(user, amount);
            case 5 -> topUp(user, amount);
            case 6 -> payOut(user, amount, "ok");
            case 7 -> payOut(user, amount, "decline");
            case 8 -> batch(user, amount);
            case 9 -> caller.get(wallet + "/wallets/" + user + "/balance", token);
            case 10 -> caller.get(wallet + "/wallets/" + user + "/transactions?limit=50", token);
            default -> caller.get(payments + "/payments?limit=50", auditor);
        }
    }

    /** Has a command done that brings these cents into the customers' wallets. */
    private void command(String path, String body, long brings) throws InterruptedException {
        if (!caller.post(wallet + path, token, "", body).isEmpty()) {
            cents.addAndGet(brings);
        }
    }

    private static String fields(String user, int amount, String more) {
        return "{\"user_id\":\"%s\",\"amount\":\"%s\",\"initiated_by\":\"shop\"%s}"
                .formatted(user, shown(amount), more);
    }

    private static String shown(int amount) {
        return "%d.%02d".formatted(amount / 100, amount % 100);
    }

    private void buyAndReturn(String user, int amount) throws InterruptedException {
        var order = UUID.randomUUID().toString();
        command("/purchase", fields(user, amount, ",\"order_id\":\"" + order + "\""), -amount);
        command("/refund", fields(user, amount, ",\"related_order_id\":\"" + order + "\""), amount);
    }

    private static String transfer(int from, int amount) {
        return "{\"from_user_id\":\"%s\",\"to_user_id\":\"%s\",\"amount\":\"%s\",\"initiated_by\":\"shop\"}"
                .formatted(user(from), user((from + 1) % CUSTOMERS), shown(amount));
    }

    private void queued(String user, int amount) throws InterruptedException {
        var body = fields(user, amount, "");
        if (!caller.post(wallet + "/deposit", token, "respond-async", body).isEmpty()) {
            cents.addAndGet(amount);
        }
    }

    private void topUp(String user, int amount) throws InterruptedException {
        var body =
                "{\"user_id\":\"%s\",\"amount\":\"%s\",\"method\":\"sandbox:ok\"}"
                        .formatted(user, shown(amount));
        if (!caller.post(payments + "/payments/top-ups", token, "", body).isEmpty()) {
            cents.addAndGet(amount);
        }
    }

    private void payOut(String user, int amount, String end) throws InterruptedException {
        var payout =
                ",\"payout\":{\"method\":\"sandbox:%s\",\"destination\":\"DE89370400440532013000\"}"
                        .formatted(end);
        command("/withdraw", fields(user, amount, payout), end.equals("ok") ? -amount : 0);
    }

    private void batch(String user, int amount) throws InterruptedException {
        var commands =
                IntStream.range(0, BATCH)
                        .mapToObj(
                                _ ->
                                        fields(
                                                user,
                                                amount,
                                                ",\"type\":\"deposit\",\"idempotency_key\":\""
                                                        + UUID.randomUUID()
                                                        + "\""))
                        .collect(Collectors.joining(","));
        command(
                "/batch",
                "{\"atomic\":true,\"commands\":[" + commands + "]}",
                (long) BATCH * amount);
    }

    HttpCaller caller() {
        return caller;
    }

    /** Ends the traffic. */
    void end() throws InterruptedException {
        ended = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    /**
     * Compares what the wallets hold with what the answers promised, once all that is under way has
     * ended, and has both services examine themselves. Returns what is wrong; empty when nothing
     * is.
     */
    List<String> wrongs() throws InterruptedException {
        long begin = System.nanoTime();
        long held = held();
        while (held != cents.get() && System.nanoTime() - begin < END_PATIENCE_NANOS) {
            Thread.sleep(1_000);
            held = held();
        }
        var wrongs = new ArrayList<String>();
        if (held != cents.get()) {
            wrongs.add("the wallets hold %d cents instead of %d".formatted(held, cents.get()));
        }
        var books = caller.examine(wallet + "/consistency-check?scope=full", auditor);
        if (!books.contains("\"consistent\":true")) {
            wrongs.add(
                    books.isEmpty()
                            ? "the books could not be examined"
                            : "the books are wrong: " + books);
        }
        var agreement = caller.examine(payments + "/payments/reconciliation", auditor);
        if (!agreement.contains("\"agrees\":true")) {
            wrongs.add("the payments do not agree: " + agreement);
        }
        return wrongs;
    }

    private long held() throws InterruptedException {
        long held = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            var answer = caller.get(wallet + "/wallets/" + user(i) + "/balance", token);
            var amount = AMOUNT.matcher(answer);
            if (amount.find()) {
                held += Long.parseLong(amount.group(1)) * 100 + Long.parseLong(amount.group(2));
            }
        }
        return held;
    }

    @Override
    public void close() {
        ended = true;
        caller.close();
    }
}
