package digitalwallet.ledger.fault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One connection through the proxy, with a thread for each way. */
final class Wire {

    // The requests a client may send before it begins: code numbers of the protocol.
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final CuttingProxy proxy;
    private final Socket client;
    private final Socket server;
    private final DataInputStream fromClient;
    private final DataOutputStream toServer;
    private final DataInputStream fromServer;
    private final DataOutputStream toClient;
    private final Dialogue dialogue = new Dialogue();
    private final List<Frame> held = new ArrayList<>();
    private boolean holding;
    private volatile boolean answerIsLost;
    private volatile boolean clientIsGone;

    Wire(CuttingProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        toServer = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        fromServer = new DataInputStream(new BufferedInputStream(server.getInputStream()));
        toClient = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
    }

    void start() {
        Thread.ofVirtual().name("wire").start(() -> run(this::passRequests));
    }

    /** Breaks the connection on both sides. */
    void cut() {
        close(client);
        close(server);
        proxy.forget(this);
    }

    /** Ends the way to the client only. */
    void halfClose() {
        run(client::shutdownOutput);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (IOException gone) {
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passRequests() throws IOException, InterruptedException {
        while (true) {
            int length = fromClient.readInt();
            var body = fromClient.readNBytes(length - Integer.BYTES);
            toServer.writeInt(length);
            toServer.write(body);
            toServer.flush();
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                break;
            }
            toClient.writeByte(fromServer.readByte());
            toClient.flush();
        }
        Thread.ofVirtual().name("wire-back").start(() -> run(this::passAnswers));
        passMessages();
    }

    private void passMessages() throws IOException, InterruptedException {
        for (var frame = Frame.read(fromClient); frame != null; frame = Frame.read(fromClient)) {
            if (proxy.swallows()) {
                continue;
            }
            dialogue.hear(frame);
            if (dialogue.begins(frame) && proxy.isPlanned(CuttingProxy.Cut.BATCH_LATE)) {
                holding = true;
            }
            if (dialogue.commits(frame) && isCut(frame)) {
                return;
            }
            pass(frame);
        }
        server.shutdownOutput();
    }

    private void pass(Frame frame) throws IOException, InterruptedException {
        if (holding) {
            held.add(frame);
            if (frame.type() != 'S') {
                return;
            }
            // It was no batch in one pipeline.
            for (var earlier : held) {
                earlier.write(toServer);
            }
            held.clear();
            holding = false;
        } else {
            frame.write(toServer);
        }
        if (fromClient.available() == 0) {
            pause(proxy.delayToServer());
            toServer.flush();
        }
    }

    /** Does to a COMMIT what is planned; returns whether the way to the server ends here. */
    private boolean isCut(Frame commit) throws IOException, InterruptedException {
        var written = dialogue.written();
        var cut = written == null ? null : proxy.take(written);
        if (cut == null) {
            return false;
        }
        switch (cut) {
            case ANSWER_LOST -> answerIsLost = true;
            case COMMIT_LOST -> {
                toServer.flush();
                proxy.happened();
                cut();
            }
            case COMMIT_LATE, BATCH_LATE -> {
                toServer.flush();
                clientIsGone = true;
                close(client);
                proxy.happened();
                deliverLate(commit);
            }
        }
        return cut != CuttingProxy.Cut.ANSWER_LOST;
    }

    private void deliverLate(Frame commit) throws IOException, InterruptedException {
        pause(proxy.lateness());
        for (var frame : held) {
            frame.write(toServer);
        }
        commit.write(toServer);
        Frame.SYNC.write(toServer);
        toServer.flush();
        server.shutdownOutput();
    }

    private void passAnswers() throws IOException, InterruptedException {
        for (var frame = Frame.read(fromServer); frame != null; frame = Frame.read(fromServer)) {
            if (clientIsGone || proxy.swallows()) {
                continue;
            }
            if (answerIsLost && isCommitted(frame)) {
                proxy.happened();
                break;
            }
            frame.write(toClient);
            if (fromServer.available() == 0) {
                pause(proxy.delayToClient());
                toClient.flush();
            }
        }
        cut();
    }

    private static boolean isCommitted(Frame frame) {
        return frame.type() == 'C' && frame.text(0).equals("COMMIT");
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            Thread.sleep(duration);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as the other side can tell.
            return;
        }
    }
}
