package digitalwallet.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Keep-alive connections that one thread serves, so that making the load costs little compared with
 * answering it.
 */
public final class HttpLoad implements AutoCloseable {

    private static final int ANSWER_BYTES_MAX = 256 << 10;
    private static final double NANOS = 1e9;
    private static final int PATIENCE_SECONDS = 30;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> free = new ArrayDeque<>();

    private long begin;
    private long end;
    private int inFlight;
    private long operations;
    private Histogram latencies = new Histogram(3);

    private HttpLoad(Selector selector) {
        this.selector = selector;
    }

    /** Opens this many connections to a port of this machine. */
    public static HttpLoad connect(int port, int connections) throws IOException {
        var load = new HttpLoad(Selector.open());
        for (int i = 0; i < connections; i++) {
            var channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            var connection = load.new Connection(channel, i);
            channel.register(load.selector, SelectionKey.OP_READ, connection);
            load.connections.add(connection);
        }
        return load;
    }

    /** Closed loop: every connection sends its next request as soon as it is answered. */
    public double peak(Traffic traffic, int warmUpSeconds, int seconds) throws IOException {
        start(warmUpSeconds, seconds);
        for (var connection : connections) {
            connection.send(traffic, System.nanoTime());
        }
        while (inFlight > 0) {
            receive(traffic, 1_000);
            while (!free.isEmpty() && System.nanoTime() < end) {
                free.pop().send(traffic, System.nanoTime());
            }
        }
        return operations / (double) seconds;
    }

    /**
     * Open loop: requests begin at a steady rate, whether others were answered or not. A latency
     * counts from the moment when the request was to begin, even when no connection was free.
     */
    public Histogram steady(Traffic traffic, double perSecond, int warmUpSeconds, int seconds)
            throws IOException {
        start(warmUpSeconds, seconds);
        free.clear();
        free.addAll(connections);
        long first = System.nanoTime();
        long begun = 0;
        for (long now = first; now < end || inFlight > 0; now = System.nanoTime()) {
            long due = first + (long) (begun * NANOS / perSecond);
            while (due <= now && due < end && !free.isEmpty()) {
                free.pop().send(traffic, due);
                begun++;
                due = first + (long) (begun * NANOS / perSecond);
            }
            receive(traffic, 1);
        }
        return latencies;
    }

    private void start(int warmUpSeconds, int seconds) {
        begin = System.nanoTime() + (long) (warmUpSeconds * NANOS);
        end = begin + (long) (seconds * NANOS);
        operations = 0;
        free.clear();
        latencies = new Histogram(3);
    }

    private void receive(Traffic traffic, int millis) throws IOException {
        selector.select(
                key -> {
                    try {
                        ((Connection) key.attachment()).receive(traffic);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                millis);
        if (System.nanoTime() > end + (long) (PATIENCE_SECONDS * NANOS)) {
            throw new IllegalStateException(inFlight + " requests were not answered");
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private final class Connection {

        private final SocketChannel channel;
        private final int number;
        private final HttpAnswer answer = new HttpAnswer(ANSWER_BYTES_MAX);
        private long startedAt;

        Connection(SocketChannel channel, int number) {
            this.channel = channel;
            this.number = number;
        }

        void send(Traffic traffic, long start) throws IOException {
            startedAt = start;
            inFlight++;
            ByteBuffer request = traffic.next(number);
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        void receive(Traffic traffic) throws IOException {
            int read = channel.read(answer.room());
            if (read < 0) {
                throw new IOException("the server closed a connection");
            }
            if (!answer.isCompleteWith(read)) {
                return;
            }
            long now = System.nanoTime();
            int counted = traffic.answered(number, answer);
            if (now >= begin && now < end) {
                operations += counted;
            }
            if (startedAt >= begin) {
                latencies.recordValue(now - startedAt);
            }
            answer.clear();
            inFlight--;
            free.push(this);
        }
    }
}
