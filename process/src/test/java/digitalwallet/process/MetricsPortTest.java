package digitalwallet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.process.settings.HttpSettings;
import digitalwallet.process.settings.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics are there for Prometheus, whatever others do on their port. */
final class MetricsPortTest {

    private MetricsPort port;

    @BeforeEach
    void open() {
        port = MetricsPort.open(settings(0));
    }

    @AfterEach
    void close() {
        port.close();
    }

    private static HttpSettings settings(int port) {
        return new HttpSettings(
                "127.0.0.1", 0, 1, 1, 1, Set.of(), "127.0.0.1", port, Duration.ZERO);
    }

    @Test
    void the_metrics_are_read_with_get_and_nothing_else_is_there() throws Exception {
        assertThat(answer("GET /metrics"))
                .startsWith("HTTP/1.1 200")
                .contains("jvm_memory_used_bytes", "http_connections{port=\"metrics\"}")
                .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store");
        assertThat(answer("HEAD /metrics")).startsWith("HTTP/1.1 200").doesNotContain("jvm_");
        assertThat(answer("POST /metrics")).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
        assertThat(answer("GET /")).startsWith("HTTP/1.1 404");
        assertThat(answer("GET /metrics\0")).startsWith("HTTP/1.1 400");
        for (var unknown : List.of("HTTP/9.9", "HTTP/1.1\r\nTransfer-Encoding: nonsense")) {
            assertThat(whole("GET /metrics " + unknown)).startsWith("HTTP/1.1 400");
        }
        assertThat(answer("OPTIONS *")).startsWith("HTTP/1.1 200");
    }

    @Test
    void half_sent_requests_and_idle_connections_do_not_hang_the_metrics() throws Exception {
        var held = new ArrayList<Socket>();
        for (int i = 0; i < 20; i++) {
            held.add(connect());
            write(held.getLast(), i % 2 == 0 ? "GET /metr" : "GET /metrics HTTP/1.1\r\nX: ");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(answer("GET /metrics")).startsWith("HTTP/1.1 200");
        }
        for (var socket : held) {
            socket.close();
        }
    }

    @Test
    void a_port_that_is_taken_stops_the_start_with_a_sentence() {
        assertThatThrownBy(() -> MetricsPort.open(settings(port.port())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("The metrics cannot listen on");
    }

    private String answer(String line) throws IOException {
        return whole(line + " HTTP/1.1");
    }

    /** What is answered to this line, with its version and perhaps with headers. */
    private String whole(String line) throws IOException {
        try (var socket = connect()) {
            write(socket, line + "\r\nHost: a\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
