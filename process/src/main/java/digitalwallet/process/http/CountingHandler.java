package digitalwallet.process.http;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tells the connections what happens to them, and has it done. */
final class CountingHandler implements Handler<NioChannel> {

    private final Handler<NioChannel> next;
    private final Connections connections;

    CountingHandler(Handler<NioChannel> next, Connections connections) {
        this.next = next;
        this.connections = connections;
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent status) {
        var connection = connections.find(socket.getSocket().getIOChannel());
        if (connection == null) {
            return next.process(socket, status);
        }
        connection.setBusy(true);
        try {
            return next.process(socket, status);
        } finally {
            connection.setBusy(false);
        }
    }

    @Override
    public @Nullable Object getGlobal() {
        return next.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> socket) {
        var channel = socket.getSocket().getIOChannel();
        if (channel != null) {
            connections.release(channel);
        }
        next.release(socket);
    }

    @Override
    public void pause() {
        next.pause();
    }

    @Override
    public void recycle() {
        next.recycle();
    }
}
