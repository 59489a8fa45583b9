package digitalwallet.bench.load;

import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Measured;
import java.io.IOException;
import java.util.Map;

/** Funded books, a server process on them, and connections to it. */
public record Served(Books books, WalletServer server, Requests requests, HttpLoad load)
        implements AutoCloseable {

    public static final int WALLETS = 100_000;

    public static Served start(BenchRun run, int connections) throws Exception {
        return start(run, connections, Map.of());
    }

    /** The same with these variables for the server. */
    public static Served start(BenchRun run, int connections, Map<String, String> variables)
            throws Exception {
        var books = Books.withWallets(run.postgres(), WALLETS);
        var server = WalletServer.start(run.postgres(), books, variables);
        return new Served(
                books,
                server,
                Requests.to(server.port(), server::token),
                HttpLoad.connect(server.port(), connections));
    }

    public Traffic transfers() {
        return new TransferTraffic(requests, books::accepted, WALLETS);
    }

    public Traffic batches() {
        return new BatchTraffic(requests, books::accepted, WALLETS);
    }

    /** Runs the traffic as fast as possible, for the seconds of this run after a warm-up. */
    public Measured peak(BenchRun run, Traffic traffic, int warmUpSeconds) throws Exception {
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
