package digitalwallet.bench.load;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/**
 * A hundred random transfers in each request, each with a key of its own.
 *
 * @param accepted is told how many were posted
 */
record BatchTraffic(Requests requests, IntConsumer accepted, int wallets) implements Traffic {

    private static final int OK = 200;
    private static final int COMMANDS = 100;
    private static final String POSTED = "{\"status\":201,";

    @Override
    public ByteBuffer next(int connection) {
        var body = new StringBuilder(20_000).append("{\"atomic\":false,\"commands\":[");
        for (int i = 0; i < COMMANDS; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"transfer\",\"idempotency_key\":\"")
                    .append(Books.newId())
                    .append("\",")
                    .append(TransferTraffic.fields(wallets))
                    .append('}');
        }
        return requests.postWithoutKey(connection, "/batch", body.append("]}").toString());
    }

    @Override
    public int answered(int connection, HttpAnswer answer) {
        var text = answer.text();
        int posted = 0;
        for (int at = text.indexOf(POSTED); at >= 0; at = text.indexOf(POSTED, at + 1)) {
            posted++;
        }
        if (answer.status() != OK || posted != COMMANDS) {
            throw new IllegalStateException(posted + " of a batch were posted: " + text);
        }
        accepted.accept(posted);
        return posted;
    }
}
