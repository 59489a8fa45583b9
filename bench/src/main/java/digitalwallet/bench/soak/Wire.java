package digitalwallet.bench.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine, spoken to in bytes, from the addresses of strangers. */
record Wire(int port) {

    /** What is said of one who was not answered, though the request was whole. */
    static final String HANGS = "hangs";

    /** What is said of a connection that was closed without an answer. */
    static final String CLOSED = "closed";

    private static final int STRANGERS = 24;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int STATUS_AT = 9;
    private static final int STATUS_LENGTH = 3;

    /** A connection from one of the strangers' addresses, all of which Linux has. */
    Socket connect() throws IOException {
        var from = "127.0.66." + (1 + ThreadLocalRandom.current().nextInt(STRANGERS));
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends all this and reads the answer: its status, or that there is none. */
    String ask(String request) throws IOException {
        try (var socket = connect()) {
            try {
                write(socket, request);
            } catch (IOException _) {
                // It was answered or closed before all of it had come; the answer may be there.
            }
            return answer(socket);
        }
    }

    /** The status that comes on this connection; the rest is not read. */
    static String answer(Socket socket) {
        try {
            var head = socket.getInputStream().readNBytes(STATUS_AT + STATUS_LENGTH);
            return head.length < STATUS_AT + STATUS_LENGTH
                    ? CLOSED
                    : new String(head, StandardCharsets.ISO_8859_1).substring(STATUS_AT);
        } catch (SocketTimeoutException _) {
            return HANGS;
        } catch (IOException _) {
            return CLOSED;
        }
    }

    /** Sends these characters, one byte each. */
    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
