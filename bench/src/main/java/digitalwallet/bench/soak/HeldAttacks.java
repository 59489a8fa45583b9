package digitalwallet.bench.soak;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Connections that are kept as long as the other side allows, with nothing or half of it said. */
final class HeldAttacks {

    private static final int PAUSE_MILLIS = 1_000;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int COMMAND_BYTES = 64 << 10;
    private static final Duration DRIP = Duration.ofSeconds(1);
    private static final int DRIPS_MAX = 90;
    private static final int CALLERS = 12;

    private HeldAttacks() {}

    static List<Attack> of(Target target) {
        return Stream.of(bodies(target), heads(target), metrics(target))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attack> bodies(Target target) {
        var path = target.isWallet() ? "/batch" : target.command();
        int bytes = target.isWallet() ? BATCH_BYTES : COMMAND_BYTES;
        var webhook = target.request("POST /webhooks/sandbox", json(COMMAND_BYTES));
        var slow = target.wallet().token("system", "mallory");
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "bodies one byte short",
                        40,
                        PAUSE_MILLIS,
                        () -> hold(target.api(), half(target, path, bytes))),
                Attack.of(
                        name + "webhooks held half way",
                        40,
                        PAUSE_MILLIS,
                        () -> hold(target.api(), webhook + "{\"" + "x".repeat(COMMAND_BYTES / 2))),
                Attack.of(
                        name + "bodies byte by byte",
                        20,
                        PAUSE_MILLIS,
                        () -> drip(target.api(), target.head(target.command(), slow, "", 5_000))));
    }

    private static List<Attack> heads(Target target) {
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "half-sent heads",
                        400,
                        PAUSE_MILLIS,
                        () -> hold(target.api(), "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ")),
                Attack.of(name + "idle connections", 1_200, PAUSE_MILLIS, () -> idle(target.api())),
                Attack.of(
                        name + "heads byte by byte",
                        20,
                        PAUSE_MILLIS,
                        () -> drip(target.api(), "GET /healthz HTTP/1.1\r\nX: ")),
                Attack.of(
                        name + "answers read slowly",
                        20,
                        PAUSE_MILLIS,
                        () -> readSlowly(target.api())));
    }

    private static List<Attack> metrics(Target target) {
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "metrics, half-sent",
                        60,
                        PAUSE_MILLIS,
                        () -> hold(target.metrics(), "GET /metrics HTTP/1.1\r\nX: ")),
                Attack.of(name + "metrics, idle", 60, PAUSE_MILLIS, () -> idle(target.metrics())),
                Attack.of(
                        name + "metrics, read slowly",
                        5,
                        PAUSE_MILLIS,
                        () -> readSlowly(target.metrics())));
    }

    /** All but the last byte, by one of several callers. */
    private static String half(Target target, String path, int bytes) {
        var caller = "mallory-" + ThreadLocalRandom.current().nextInt(CALLERS);
        var token = target.wallet().token("system", caller);
        return target.head(path, token, "", bytes) + "{\"" + "x".repeat(bytes - 3);
    }

    private static String json(int length) {
        return "Content-Type: application/json\r\nContent-Length: " + length + "\r\n";
    }

    private static String hold(Wire wire, String begin) throws IOException {
        try (var socket = wire.connect()) {
            Wire.write(socket, begin);
            return Wire.answer(socket);
        }
    }

    /**
     * Says nothing. Where the queue of those that wait to be let in is full, this side alone
     * believes in the connection; a request shows whether the other side has it still.
     */
    private static String idle(Wire wire) throws IOException {
        try (var socket = wire.connect()) {
            if (!Wire.answer(socket).equals(Wire.HANGS)) {
                return Wire.CLOSED;
            }
            Wire.write(socket, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
            return Wire.answer(socket).equals(Wire.CLOSED) ? Wire.CLOSED : Wire.HANGS;
        }
    }

    private static String drip(Wire wire, String begin) throws IOException, InterruptedException {
        try (var socket = wire.connect()) {
            Wire.write(socket, begin);
            for (int i = 0; i < DRIPS_MAX && socket.getInputStream().available() == 0; i++) {
                Thread.sleep(DRIP);
                Wire.write(socket, "x");
            }
            return Wire.answer(socket);
        }
    }

    /** Asks for much, many times over, and takes a byte a second. */
    private static String readSlowly(Wire wire) throws IOException, InterruptedException {
        try (var socket = wire.connect()) {
            socket.setReceiveBufferSize(1_024);
            var request = "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n";
            Wire.write(socket, request.repeat(20));
            return readSlowly(socket);
        }
    }

    private static String readSlowly(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < DRIPS_MAX; i++) {
            if (socket.getInputStream().read() < 0) {
                return Wire.CLOSED;
            }
            Thread.sleep(DRIP);
        }
        return "given up";
    }
}
