package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class FreePort {

    /** Below the ports that outgoing connections get, so that none of those takes a chosen port. */
    private static final int LOWEST = 20_000;

    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS_MAX = 1000;

    private FreePort() {}

    /**
     * A port that nobody listened on a moment ago.
     *
     * @throws LocalFailure when there is none
     */
    public static int any() {
        return several(1).getFirst();
    }

    /**
     * Ports that nobody listened on a moment ago, each another one: asked for one by one, before
     * anybody listens on the first, two may be the same.
     *
     * @throws LocalFailure when there are not so many
     */
    public static List<Integer> several(int count) {
        var ports = new ArrayList<Integer>(count);
        for (var attempt = 0; ports.size() < count; attempt++) {
            if (attempt == ATTEMPTS_MAX) {
                throw new LocalFailure("There is no free port on 127.0.0.1 any more.");
            }
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** Whether one could listen on this port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As servers do: connections of the last process that still linger do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
