package digitalwallet.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server of this machine, and hands everything on after a delay, as a
 * network between two data centres would. It does not limit how much is on the way.
 */
public final class DelayProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 << 10;

    private final ServerSocket listener;
    private final int target;
    private final long delayNanos;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Bytes, and the time from which they may go on; no bytes mean that nothing follows. */
    private record Chunk(ByteBuffer bytes, long dueNanos) {}

    private DelayProxy(ServerSocket listener, int target, Duration delay) {
        this.listener = listener;
        this.target = target;
        this.delayNanos = delay.toNanos();
    }

    /**
     * A proxy to a port of this machine.
     *
     * @param delay of each direction
     */
    public static DelayProxy to(int target, Duration delay) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var proxy = new DelayProxy(listener, target, delay);
        Thread.ofPlatform().daemon().name("delay-proxy").start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                connect(client, server);
                connect(server, client);
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket from, Socket to) throws IOException {
        from.setTcpNoDelay(true);
        sockets.add(from);
        var onTheWay = new LinkedBlockingQueue<Chunk>();
        Thread.ofPlatform().daemon().start(() -> read(from, onTheWay));
        Thread.ofPlatform().daemon().start(() -> write(onTheWay, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> onTheWay) {
        var buffer = new byte[CHUNK_BYTES];
        try {
            for (int n = from.getInputStream().read(buffer);
                    n > 0;
                    n = from.getInputStream().read(buffer)) {
                onTheWay.add(
                        new Chunk(
                                ByteBuffer.wrap(Arrays.copyOf(buffer, n)),
                                System.nanoTime() + delayNanos));
            }
        } catch (IOException _) {
            // A connection that broke ends for the other side as well.
        }
        onTheWay.add(new Chunk(ByteBuffer.allocate(0), System.nanoTime()));
    }

    private static void write(BlockingQueue<Chunk> onTheWay, Socket to) {
        try {
            for (var chunk = onTheWay.take();
                    chunk.bytes().hasRemaining();
                    chunk = onTheWay.take()) {
                for (long early = chunk.dueNanos() - System.nanoTime();
                        early > 0;
                        early = chunk.dueNanos() - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                to.getOutputStream().write(chunk.bytes().array());
            }
        } catch (IOException _) {
            // As above.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        new ArrayList<>(sockets).forEach(DelayProxy::close);
    }
}
