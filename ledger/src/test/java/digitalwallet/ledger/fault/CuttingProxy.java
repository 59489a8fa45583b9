package digitalwallet.ledger.fault;

import digitalwallet.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy before PostgreSQL that breaks connections on purpose: exactly when a batch's COMMIT
 * passes, or all of them at once. It reads PostgreSQL's messages, because a driver sends the text
 * of a statement only the first time.
 */
final class CuttingProxy implements AutoCloseable {

    /** What happens to a COMMIT and to the connection it came through, which is always lost. */
    enum Cut {
        /** The server never sees it: the batch does not land. */
        COMMIT_LOST,
        /** The server has done it, nobody hears of it: the batch landed. */
        ANSWER_LOST,
        /** The server sees it a while later, when the client has long been cut off. */
        COMMIT_LATE,
        /** The server sees the whole batch, from BEGIN on, a while later. Inserted batches only. */
        BATCH_LATE
    }

    /** How a batch is written: a small one as inserts in one pipeline, a large one as COPY. */
    enum Written {
        INSERTED,
        COPIED
    }

    /** The cut that the next batch written so will meet. */
    record Plan(Cut cut, Written written) {}

    private final ServerSocket listener;
    private final int port;
    private final AtomicReference<@Nullable Plan> plan = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile Duration lateness = Duration.ofMillis(500);
    private volatile Duration delayToServer = Duration.ZERO;
    private volatile Duration delayToClient = Duration.ZERO;
    private volatile boolean refusing;
    private volatile boolean refusingAfterCut;
    private volatile boolean swallowing;

    private CuttingProxy(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Listens on a free port of its own before this server. */
    static CuttingProxy before(LocalPostgres postgres) {
        try {
            var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var proxy = new CuttingProxy(listener, postgres.port());
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + "/" + database;
    }

    /** The next batch that is written so meets this cut; once. */
    void cutNext(Cut cut, Written written) {
        plan.set(new Plan(cut, written));
    }

    /** How late the late cuts deliver. */
    CuttingProxy lateBy(Duration duration) {
        lateness = duration;
        return this;
    }

    /** From the next cut on, nobody can connect until {@link #accepting()}. */
    void refuseAfterNextCut() {
        refusingAfterCut = true;
    }

    /** New connections are closed at once. */
    void refusing() {
        refusing = true;
    }

    /** New connections are let through again. */
    void accepting() {
        refusingAfterCut = false;
        refusing = false;
    }

    /** Everything sent is passed on this much later. */
    void delay(Duration toServer, Duration toClient) {
        delayToServer = toServer;
        delayToClient = toClient;
    }

    /** Everything sent disappears, and the connections stay open. */
    void swallow() {
        swallowing = true;
    }

    /** What is sent passes again; connections that lost something are cut. */
    void passAgain() {
        cutAll();
        swallowing = false;
    }

    /** Cuts all connections now. */
    void cutAll() {
        wires.forEach(Wire::cut);
    }

    /** Tells all clients that nothing more will come, while what they send still passes. */
    void halfClose() {
        wires.forEach(Wire::halfClose);
    }

    /** Planned cuts that happened. */
    int cuts() {
        return cuts.get();
    }

    /** Connections that were refused. */
    int refusals() {
        return refusals.get();
    }

    /** Messages that disappeared. */
    int swallowed() {
        return swallowed.get();
    }

    Duration lateness() {
        return lateness;
    }

    Duration delayToServer() {
        return delayToServer;
    }

    Duration delayToClient() {
        return delayToClient;
    }

    /** Whether this message is to disappear. */
    boolean swallows() {
        if (swallowing) {
            swallowed.incrementAndGet();
        }
        return swallowing;
    }

    /** The cut planned for a batch written so, without taking it. */
    boolean isPlanned(Cut cut) {
        var next = plan.get();
        return next != null && next.cut() == cut;
    }

    /** The cut for this COMMIT, taken; null when it passes. */
    @Nullable Cut take(Written written) {
        var next = plan.get();
        if (next == null || next.written() != written || !plan.compareAndSet(next, null)) {
            return null;
        }
        if (refusingAfterCut) {
            refusing = true;
        }
        return next.cut();
    }

    /** A planned cut has happened. */
    void happened() {
        cuts.incrementAndGet();
    }

    void forget(Wire wire) {
        wires.remove(wire);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                if (refusing) {
                    refusals.incrementAndGet();
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // A client that left at once is nobody's concern.
                if (!listener.isClosed() && !(e instanceof SocketException)) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), port);
            var wire = new Wire(this, client, server);
            wires.add(wire);
            wire.start();
        } catch (IOException unreachable) {
            client.close();
        }
    }
}
