package digitalwallet.kafka;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

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
    private static final int REQUEST_BYTES = 10;
    private static final short API_VERSIONS = 18;
    private static final short NO_CLIENT_ID = -1;

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

    /**
     * Sends the first request of Kafka's protocol, which asks what requests the broker understands.
     */
    private static boolean refusesPlainText(String host, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS_MAX);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(REQUEST_BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(0);
            out.writeShort(NO_CLIENT_ID);
            out.flush();
            return socket.getInputStream().read() == TLS_ALERT;
        }
    }
}
