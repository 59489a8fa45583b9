package digitalwallet.bench.load;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/** A random transfer in each request, with a key of its own. */
final class TransferTraffic implements Traffic {

    private static final int CREATED = 201;

    private final Requests requests;
    private final IntConsumer accepted;
    private final int wallets;

    /**
     * Such transfers.
     *
     * @param accepted is told of each that was posted
     */
    TransferTraffic(Requests requests, IntConsumer accepted, int wallets) {
        this.requests = requests;
        this.accepted = accepted;
        this.wallets = wallets;
    }

    @Override
    public ByteBuffer next(int connection) {
        return requests.post(connection, "/transfer", Books.newId().toString(), body(wallets));
    }

    /** The body of a random transfer between these wallets. */
    static String body(int wallets) {
        return "{" + fields(wallets) + "}";
    }

    /** The fields of such a body. */
    static String fields(int wallets) {
        var random = ThreadLocalRandom.current();
        int from = random.nextInt(wallets);
        int to = (from + 1 + random.nextInt(wallets - 1)) % wallets;
        return "\"from_user_id\":\""
                + Books.user(from)
                + "\",\"to_user_id\":\""
                + Books.user(to)
                + "\",\"amount\":\"0."
                + random.nextInt(10, 100)
                + "\",\"initiated_by\":\"shop\"";
    }

    @Override
    public int answered(int connection, HttpAnswer answer) {
        if (answer.status() != CREATED) {
            throw new IllegalStateException("not posted: " + answer.text());
        }
        accepted.accept(1);
        return 1;
    }
}
