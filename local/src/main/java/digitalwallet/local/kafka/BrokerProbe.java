package digitalwallet.local.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Sends a broker the first request of Kafka's protocol, which asks what requests it understands.
 */
final class BrokerProbe {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final short API_VERSIONS = 18;
    private static final int CORRELATION_ID = 4711;
    private static final int REQUEST_BYTES = 10;
    private static final short NO_CLIENT_ID = -1;

    private BrokerProbe() {}

    /** Whether a broker answers on this port of the loopback interface now. */
    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            socket.connect(address, TIMEOUT_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(REQUEST_BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION_ID);
            out.writeShort(NO_CLIENT_ID);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            var _ = in.readInt();
            var isOurs = in.readInt() == CORRELATION_ID;
            var errorCode = in.readShort();
            return isOurs && errorCode == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
