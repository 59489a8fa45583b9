package digitalwallet.bench;

import java.io.IOException;
import java.util.Map;

/** Funded books, a server process on them, and connections to it. */
record Served(Books books, WalletServer server, Requests requests, HttpLoad load)
        implements AutoCloseable {

    static final int WALLETS = 100_000;

    static Served start(BenchRun run, int connections) throws Exception {
        return start(run, connections, Map.of());
    }

    /** The same with these variables for the server. */
    static Served start(BenchRun run, int connections, Map<String, String> variables)
            throws Exception {
        var books = Books.withWallets(run.postgres(), WALLETS);
        var server = WalletServer.start(run.postgres(), books, variables);
        return new Served(
                books, server, Requests.to(server), HttpLoad.connect(server.port(), connections));
    }

    Traffic transfers() {
        return new TransferTraffic(requests, books, WALLETS);
    }

    /** As fast as it goes, for the seconds of this run after a warm-up. */
    Measured peak(BenchRun run, Traffic traffic, int warmUpSeconds) throws Exception {
        return Measured.of(
                run,
                server.process(),
                warmUpSeconds + run.seconds(),
                () -> load.peak(traffic, warmUpSeconds, run.seconds()));
    }

    @Override
    public void close() throws IOException {
        load.close();
        server.close();
        books.drop();
    }
}
