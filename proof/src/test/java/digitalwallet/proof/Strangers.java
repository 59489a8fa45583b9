package digitalwallet.proof;

import digitalwallet.contract.RawHttp;
import digitalwallet.local.token.LocalIssuer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Hostile callers of one service, from many addresses of this machine. */
final class Strangers {

    /** Of a connection that a service closes when there is too much to come. */
    static final int CLOSED = 0;

    private static final int ADDRESSES = 60;
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final RawHttp http;
    private final LocalIssuer issuer;
    private final String command;
    private final List<Socket> held = new ArrayList<>();

    /**
     * Callers of this service.
     *
     * @param command a path that takes bodies of 64 KiB
     */
    Strangers(WalletProcess service, LocalIssuer issuer, String command) {
        this.http = new RawHttp(service.address().getPort());
        this.issuer = issuer;
        this.command = command;
    }

    String command() {
        return command;
    }

    /** The path that takes the largest bodies; the payments service has none of its own. */
    String largest() {
        return command.equals("/withdraw") ? "/batch" : command;
    }

    /** The head of a request by this caller, whose body has this length. */
    String head(String path, String caller, int length) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                + issuer.token("system", caller, TOKEN_LIFETIME)
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    /** Sends a whole request, and returns the status of its answer, or {@link #CLOSED}. */
    int post(String path, String body) throws IOException {
        var request = head(path, "mallory", body.length()) + body;
        try (var socket = http.connect(address(body.hashCode()))) {
            tryToSend(socket, request);
            return RawHttp.exchange(request, RawHttp.rest(socket)).status();
        } catch (SocketException | IllegalStateException _) {
            return CLOSED;
        }
    }

    /** Sends this line and these headers, each with its line's end, and returns the status. */
    int ask(String line, String headers) {
        return http.send(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n")
                .status();
    }

    /** What a service has closed or answered already takes no more. */
    static void tryToSend(Socket socket, String text) {
        try {
            RawHttp.write(socket, text);
        } catch (IOException _) {
            // The answer may be there all the same.
        }
    }

    private static String address(int number) {
        return "127.0.8." + (1 + Math.floorMod(number, ADDRESSES));
    }

    /**
     * Does something many times, and something else meanwhile; returns what came of the first.
     *
     * @param senders how many do it at once
     */
    <T> List<T> sendAtOnce(int senders, int times, Callable<T> one, Runnable meanwhile)
            throws Exception {
        try (var threads = Executors.newFixedThreadPool(senders)) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < times; i++) {
                all.add(threads.submit(one));
            }
            meanwhile.run();
            var results = new ArrayList<T>();
            for (var each : all) {
                results.add(each.get());
            }
            return results;
        }
    }

    /** Opens this many connections, begins to send on each, and keeps them. */
    void hold(int many, IntFunction<String> begin) throws IOException {
        for (int i = 0; i < many; i++) {
            var socket = http.connect(address(i));
            held.add(socket);
            tryToSend(socket, begin.apply(i));
        }
    }

    void letGo() throws IOException {
        for (var socket : held) {
            socket.close();
        }
        held.clear();
    }
}
