package digitalwallet.bench.load;

import java.nio.ByteBuffer;

/** The same requests as {@link TransferTraffic}, to a route that answers a constant. */
public record ConstantTraffic(Requests requests, int wallets) implements Traffic {

    private static final int OK = 200;

    @Override
    public ByteBuffer next(int connection) {
        return requests.post(
                connection,
                "/bench/constant",
                Books.newId().toString(),
                TransferTraffic.body(wallets));
    }

    @Override
    public int answered(int connection, HttpAnswer answer) {
        if (answer.status() != OK) {
            throw new IllegalStateException("no constant: " + answer.text());
        }
        return 1;
    }
}
