package digitalwallet.process.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to one port. Nobody has all the connections, nobody is half way through the head
 * of a request for long, and when hardly any is left, those that wait for nothing are given up.
 */
final class Connections {

    private static final int NETWORK_BYTES = 8;

    /** So long one may wait whose address has all that it may have. */
    private static final long CROWDED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<SocketChannel, Connection> open = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Integer> byAddress = new ConcurrentHashMap<>();
    private final HttpLimits limits;
    private final Counter refused;
    private final Counter slow;
    private final Counter idle;

    /** One that is open. */
    static final class Connection {

        private final ByteBuffer address;
        private volatile boolean busy;
        private volatile long quietSince = System.nanoTime();

        private Connection(ByteBuffer address) {
            this.address = address;
        }

        /** Says whether something is being done for it now. */
        void setBusy(boolean busy) {
            quietSince = System.nanoTime();
            this.busy = busy;
        }
    }

    /**
     * One on which nothing is being done.
     *
     * @param ofAddress how many its address has
     * @param nanos since when
     */
    private record Waiting(SocketWrapperBase<NioChannel> socket, int ofAddress, long nanos) {

        /** Whether it keeps others of its address out, and has waited for long. */
        boolean isInTheWay(HttpLimits limits) {
            return ofAddress >= limits.connectionsPerAddressMax() && nanos > CROWDED_NANOS;
        }
    }

    /**
     * None yet.
     *
     * @param port what is behind the port: api or metrics
     */
    Connections(HttpLimits limits, String port, MeterRegistry registry) {
        this.limits = limits;
        Gauge.builder("http.connections", open::size).tag("port", port).register(registry);
        Gauge.builder("http.connections.max", limits::connectionsMax)
                .tag("port", port)
                .register(registry);
        refused = registry.counter("http.connections.refused", "port", port);
        slow = registry.counter("http.connections.closed", "port", port, "why", "slow");
        idle = registry.counter("http.connections.closed", "port", port, "why", "idle");
    }

    /** Whether there is room for one more from its address; it is counted then. */
    boolean admit(SocketChannel channel) throws IOException {
        var address = network(channel);
        if (byAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddressMax()) {
            forget(address);
            refused.increment();
            return false;
        }
        open.put(channel, new Connection(address));
        return true;
    }

    /** The one on this channel; null when it is not open any more. */
    @Nullable Connection find(@Nullable SocketChannel channel) {
        return channel == null ? null : open.get(channel);
    }

    /** It is closed. */
    void release(SocketChannel channel) {
        var connection = open.remove(channel);
        if (connection != null) {
            forget(connection.address);
        }
    }

    private void forget(ByteBuffer address) {
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Ends those that take too long over the head of a request; those that wait for long and keep
     * others of their address out; and when hardly any is left, some of those that wait.
     *
     * @param now in nanoseconds, as {@link System#nanoTime} says
     */
    void sweep(
            Iterable<SocketWrapperBase<NioChannel>> all,
            long now,
            Consumer<SocketWrapperBase<NioChannel>> end) {
        var waiting = new ArrayList<Waiting>();
        var inTheWay = new ArrayList<Waiting>();
        for (var socket : all) {
            var connection = find(socket.getSocket().getIOChannel());
            if (connection == null || connection.busy) {
                continue;
            }
            // It is kept between two reads only while the head is not complete.
            long head = socket.getCurrentProcessor() instanceof Processor p ? begun(p, now) : 0;
            if (head > limits.headMax().toNanos()) {
                slow.increment();
                end.accept(socket);
            } else {
                long quiet = Math.max(head, now - connection.quietSince);
                int ofAddress = byAddress.getOrDefault(connection.address, 1);
                var one = new Waiting(socket, ofAddress, quiet);
                (one.isInTheWay(limits) ? inTheWay : waiting).add(one);
            }
        }
        giveUp(inTheWay, end);
        if (areNearlyAll()) {
            makeRoom(waiting, end);
        }
    }

    /** Whether hardly any is left. */
    boolean areNearlyAll() {
        return open.size() > limits.connectionsMax() - limits.connectionsMax() / 10;
    }

    /** Who has the most gives first. */
    private void makeRoom(List<Waiting> waiting, Consumer<SocketWrapperBase<NioChannel>> end) {
        int tooMany = open.size() - limits.connectionsMax() * 3 / 4;
        int given = Math.clamp(tooMany, 0, waiting.size());
        waiting.sort(
                Comparator.comparingInt(Waiting::ofAddress)
                        .thenComparingLong(Waiting::nanos)
                        .reversed());
        giveUp(waiting.subList(0, given), end);
    }

    private void giveUp(List<Waiting> given, Consumer<SocketWrapperBase<NioChannel>> end) {
        given.forEach(each -> end.accept(each.socket()));
        idle.increment(given.size());
    }

    /** How long ago the head of a request began, in nanoseconds. */
    private static long begun(Processor processor, long now) {
        var request = processor.getRequest();
        long start = request == null ? -1 : request.getStartTimeNanos();
        return start < 0 ? 0 : now - start;
    }

    /** The whole address, but of IPv6 the network only: one caller has all addresses of it. */
    private static ByteBuffer network(SocketChannel channel) throws IOException {
        var address =
                channel.getRemoteAddress() instanceof InetSocketAddress peer
                        ? peer.getAddress()
                        : InetAddress.getLoopbackAddress();
        var bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.slice(0, NETWORK_BYTES) : bytes;
    }
}
