package digitalwallet.process.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's endpoint, which asks before it lets a connection in. */
final class BoundedEndpoint extends NioEndpoint {

    /** A sweep looks at all connections, so not at each new one of them. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final AtomicLong swept = new AtomicLong(System.nanoTime());
    private @Nullable Connections admission;

    /** To be called before it starts. */
    void bound(Connections admission) {
        this.admission = admission;
        setHandler(new CountingHandler(getHandler(), admission));
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        if (!isAdmitted(socket)) {
            destroySocket(socket);
            return false;
        }
        boolean taken = super.setSocketOptions(socket);
        if (admission != null && admission.areNearlyAll()) {
            sweepSoon();
        }
        return taken;
    }

    /**
     * Where many come at once, those who wait to be let in must not wait for the regular sweep: the
     * system's queue of them is short, and who finds it full tries again a second later.
     */
    private void sweepSoon() {
        long last = swept.get();
        long now = System.nanoTime();
        if (now - last > PAUSE_NANOS && swept.compareAndSet(last, now)) {
            getUtilityExecutor().execute(this::sweep);
        }
    }

    private boolean isAdmitted(SocketChannel socket) {
        try {
            return admission == null || admission.admit(socket);
        } catch (IOException _) {
            return false; // It is gone again.
        }
    }

    @Override
    protected void destroySocket(SocketChannel socket) {
        if (admission != null) {
            admission.release(socket);
        }
        super.destroySocket(socket);
    }

    /** Looks through all connections; see {@link Connections#sweep}. */
    void sweep() {
        if (admission != null) {
            admission.sweep(getConnections(), System.nanoTime(), this::end);
        }
    }

    /** In the way in which Tomcat ends a connection that has said nothing for too long. */
    private void end(SocketWrapperBase<NioChannel> socket) {
        socket.setError(new SocketTimeoutException());
        if (!processSocket(socket, SocketEvent.ERROR, true)) {
            socket.close();
        }
    }
}
