package digitalwallet.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.contract.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a caller can hold: connections, half-sent requests, bodies. The others are served. */
@EnabledOnOs(OS.LINUX) // only there is every address of 127.0.0.0/8 this machine
final class BoundsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BODY = 64 << 10;

    @TempDir private Path folder;
    private SmallServer server;
    private RawHttp http;
    private final List<Socket> held = new ArrayList<>();

    @BeforeEach
    void start() {
        server = SmallServer.open(folder, Set.of());
        http = new RawHttp(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : held) {
            socket.close();
        }
        server.close();
    }

    @Test
    void one_address_has_only_its_share_of_the_connections() throws Exception {
        for (int i = 0; i < 2 * SmallServer.CONNECTIONS_PER_ADDRESS_MAX; i++) {
            hold("127.0.0.2");
        }
        assertThat(statusFrom("127.0.0.3")).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                count("http.connections.refused")
                                        >= SmallServer.CONNECTIONS_PER_ADDRESS_MAX);
        assertThat(open()).isLessThanOrEqualTo(SmallServer.CONNECTIONS_PER_ADDRESS_MAX + 1);
        for (var socket : held) {
            socket.close();
        }
        // Closed ones are not counted any more.
        await().atMost(PATIENCE).until(() -> open() <= 1);
        assertThat(statusFrom("127.0.0.2")).isEqualTo(200);
    }

    @Test
    void idle_connections_lock_nobody_out() throws Exception {
        for (int i = 0; i < 4 * SmallServer.CONNECTIONS_MAX; i++) {
            hold("127.0.0." + (2 + i / 40));
        }
        assertThat(statusFrom("127.0.1.1")).isEqualTo(200);
        assertThat(count("http.connections.closed")).isPositive();
    }

    @Test
    void idle_connections_of_an_address_keep_others_of_it_out_only_for_a_moment() throws Exception {
        for (int i = 0; i < SmallServer.CONNECTIONS_PER_ADDRESS_MAX; i++) {
            hold("127.0.0.2");
        }
        await().atMost(PATIENCE).until(() -> open() >= SmallServer.CONNECTIONS_PER_ADDRESS_MAX);
        // After a minute they would be closed in any case.
        await().atMost(Duration.ofSeconds(45))
                .ignoreExceptions()
                .until(() -> statusFrom("127.0.0.2") == 200);
        assertThat(count("http.connections.closed")).isPositive();
    }

    @Test
    void what_bounds_say_of_themselves_does_not_get_lost() {
        // What nobody holds is forgotten then.
        System.gc();
        var registry = server.registry();
        assertThat(registry.get("http.connections.max").tag("port", "api").gauge().value())
                .isEqualTo(SmallServer.CONNECTIONS_MAX);
        assertThat(registry.get("http.body.bytes.max").gauge().value())
                .isEqualTo(SmallServer.BODY_BYTES_MAX);
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_given_up() throws Exception {
        var slow = hold("127.0.0.2");
        RawHttp.write(slow, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");
        boolean closed = false;
        for (int i = 0; !closed && i < PATIENCE.toSeconds(); i++) {
            Thread.sleep(1_000);
            closed = !sends(slow);
        }
        assertThat(closed).isTrue();
        assertThat(count("http.connections.closed")).isPositive();
    }

    private static boolean sends(Socket socket) {
        try {
            RawHttp.write(socket, "x");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void half_sent_heads_in_any_number_lock_nobody_out() throws Exception {
        for (int i = 0; i < 4 * SmallServer.CONNECTIONS_MAX; i++) {
            var socket = hold("127.0.0." + (2 + i / 40));
            try {
                RawHttp.write(socket, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");
            } catch (IOException _) {
                // It was refused, as some must be.
            }
        }
        assertThat(statusFrom("127.0.1.1")).isEqualTo(200);
    }

    @Test
    void a_body_that_never_comes_or_comes_byte_by_byte_is_answered_408() throws Exception {
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var never = both.submit(() -> RawHttp.rest(half(100, "{")));
            var slowly =
                    both.submit(
                            () -> {
                                var socket = half(100, "{");
                                for (int i = 0; i < 60 && sends(socket); i++) {
                                    Thread.sleep(500);
                                    if (socket.getInputStream().available() > 0) {
                                        break;
                                    }
                                }
                                return RawHttp.rest(socket);
                            });
            for (var answer : List.of(never.get(), slowly.get())) {
                assertThat(answer).startsWith("HTTP/1.1 408").contains("request_timeout");
                assertThat(answer).contains("Retry-After");
            }
        }
    }

    /** A request whose body is announced with this length, and begins like this. */
    private Socket half(int length, String start) throws IOException {
        return half("system", length, start);
    }

    private Socket half(String caller, int length, String start) throws IOException {
        var socket = hold("127.0.0.2");
        RawHttp.write(
                socket,
                "POST /speak HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                        + server.issuer().token("system", caller, Duration.ofMinutes(5))
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + length
                        + "\r\n\r\n"
                        + start);
        return socket;
    }

    @Test
    void held_bodies_have_a_bound_for_each_caller_and_for_all() throws Exception {
        var start = "x".repeat(BODY - 1);
        for (var caller : List.of("a", "a", "b")) {
            half(caller, BODY, start);
            awaitBytes(held.size() * BODY);
        }
        assertThat(RawHttp.rest(half("a", BODY, "{"))).startsWith("HTTP/1.1 429");
        assertThat(RawHttp.rest(half("c", BODY, "{"))).startsWith("HTTP/1.1 503");
        assertThat(count("http.bodies.refused")).isEqualTo(2);
        letGo();
        assertThat(RawHttp.rest(half("c", 15, "{\"user_id\":\"a\"}"))).startsWith("HTTP/1.1 200");
    }

    private void letGo() throws IOException {
        for (var socket : held) {
            socket.close();
        }
        awaitBytes(0);
    }

    /** What the next sender may have hangs on what those before them hold already. */
    private void awaitBytes(int wanted) {
        await().atMost(PATIENCE).until(() -> bytes() == wanted);
    }

    @Test
    void however_many_hold_all_they_may_a_small_body_gets_in() throws Exception {
        int length = BODY;
        int sum = 0;
        for (var caller : List.of("a", "a", "b", "c", "d", "e")) {
            half(caller, length, "x".repeat(length - 1));
            sum += length;
            awaitBytes(sum);
            // The first three have a whole one, then each half of the one before.
            length = held.size() < 3 ? length : length / 2;
        }
        assertThat(bytes()).isEqualTo(3.875 * BODY);
        assertThat(RawHttp.rest(half("f", BODY / 4, "{"))).startsWith("HTTP/1.1 503");
        assertThat(RawHttp.rest(half("f", 15, "{\"user_id\":\"a\"}"))).startsWith("HTTP/1.1 200");
        letGo();
    }

    @Test
    void senders_without_a_token_have_a_quarter_however_many_addresses_they_have()
            throws Exception {
        RawHttp.write(hold("127.0.0.2"), hook(BODY / 2) + "x".repeat(BODY / 2 - 1));
        awaitBytes(BODY / 2);
        RawHttp.write(hold("127.0.0.3"), hook(BODY / 4) + "x".repeat(BODY / 4 - 1));
        awaitBytes(3 * BODY / 4);
        assertThat(RawHttp.rest(hooked("127.0.0.4", hook(BODY / 4) + "{")))
                .startsWith("HTTP/1.1 503");
        assertThat(RawHttp.rest(hooked("127.0.0.4", hook(2) + "{}"))).startsWith("HTTP/1.1 200");
        assertThat(RawHttp.rest(half("c", 15, "{\"user_id\":\"a\"}"))).startsWith("HTTP/1.1 200");
        letGo();
    }

    private Socket hooked(String address, String request) throws IOException {
        var socket = hold(address);
        RawHttp.write(socket, request);
        return socket;
    }

    private static String hook(int length) {
        return "POST /hook HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    private Socket hold(String from) throws IOException {
        var socket = http.connect(from);
        held.add(socket);
        return socket;
    }

    private int statusFrom(String address) throws IOException {
        try (var socket = http.connect(address)) {
            var request = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            RawHttp.write(socket, request);
            return RawHttp.exchange(request, RawHttp.rest(socket)).status();
        }
    }

    private double open() {
        return server.registry().get("http.connections").gauge().value();
    }

    private double bytes() {
        return server.registry().get("http.body.bytes").gauge().value();
    }

    /** All counters of this name together. */
    private double count(String name) {
        return server.registry().get(name).counters().stream()
                .mapToDouble(each -> each.count())
                .sum();
    }
}
