package digitalwallet.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Speaks HTTP as bytes to a port of this machine, so that anything can be sent. */
public record RawHttp(int port) {

    private static final int PATIENCE_MILLIS = 60_000;

    /**
     * Sends a request that closes its connection, and reads the answer.
     *
     * @throws UncheckedIOException when there is none
     */
    public Exchange send(String request) {
        try (var socket = connect()) {
            write(socket, request);
            return exchange(request, rest(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(request.substring(0, Math.min(80, request.length())), e);
        }
    }

    /** Sends a request that ends too early, and reads what is answered; may be nothing. */
    public String sendAndHangUp(String request) {
        try (var socket = connect()) {
            write(socket, request);
            socket.shutdownOutput();
            return rest(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("hanging up", e);
        }
    }

    /** A connection, on which nothing is sent yet. */
    public Socket connect() throws IOException {
        return connect("127.0.0.1");
    }

    /**
     * A connection from this address.
     *
     * @param from one of 127.0.0.0/8, all of which Linux has
     */
    public Socket connect(String from) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends these characters, one byte each. */
    public static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** All that comes until the other side closes the connection. */
    public static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What was asked, and what was answered. */
    public static Exchange exchange(String request, String answer) {
        var asked = request.split("[ \r]", 3);
        var headAndBody = answer.split("\r\n\r\n", 2);
        var lines = List.of(headAndBody[0].split("\r\n", -1));
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line : lines.subList(1, lines.size())) {
            var nameAndValue = line.split(": ?", 2);
            headers.computeIfAbsent(nameAndValue[0], _ -> new ArrayList<>()).add(nameAndValue[1]);
        }
        var status = lines.getFirst().split(" ", -1);
        if (status.length < 2 || headAndBody.length < 2) {
            throw new IllegalStateException("this is no answer: " + answer);
        }
        return new Exchange(
                asked[0],
                asked[1].split("[?]", 2)[0],
                Integer.parseInt(status[1]),
                headers,
                headAndBody[1]);
    }
}
