package digitalwallet.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * Asks an address in plain text whether TLS is spoken there. Kafka's own clients must not be the
 * ones to find out: they read the refusal as a length, allocate a third of a gigabyte for it, and
 * end with an OutOfMemoryError.
 */
final class TlsProbe {

    private static final int CONNECT_MILLIS_MAX = 1_000;
    // Long: who takes no answer for "no" lets the client find out. A busy broker needs seconds.
    private static final int ANSWER_MILLIS_MAX = 5_000;
    private static final int TLS_ALERT = 0x15;
    private static final int TRIES = 3;

    /**
     * The first request of Kafka's protocol, which asks what requests the broker understands:
     * length, request 18 in version 0, number 0, no client's name. Sent as one piece: a broker that
     * closes before it has read all of it takes its alert back.
     */
    private static final byte[] REQUEST = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0, -1, -1};

    private TlsProbe() {}

    /**
     * Whether one of these brokers wants TLS; false where nobody answers.
     *
     * @param bootstrap their addresses, with commas between them
     */
    static boolean isWanted(String bootstrap) {
        for (var address : bootstrap.split(",", -1)) {
            int colon = address.lastIndexOf(':');
            var host = address.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "");
            try {
                if (refusesPlainText(host, Integer.parseInt(address.substring(colon + 1)))) {
                    return true;
                }
            } catch (IOException | IllegalArgumentException _) {
                // Whoever uses the address says what is wrong with it.
            }
        }
        return false;
    }

    /** Asks again when the connection ends without an answer, which says nothing. */
    private static boolean refusesPlainText(String host, int port) throws IOException {
        int answer = ask(host, port);
        for (int i = 1; i < TRIES && answer < 0; i++) {
            answer = ask(host, port);
        }
        return answer == TLS_ALERT;
    }

    /** The first byte of the answer, or -1. */
    private static int ask(String host, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS_MAX);
            return answer(socket);
        }
    }

    private static int answer(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(REQUEST);
            return socket.getInputStream().read();
        } catch (SocketException _) {
            // Reset.
            return -1;
        }
    }
}
