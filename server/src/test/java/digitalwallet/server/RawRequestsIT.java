package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.Contract;
import digitalwallet.contract.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that no client library would send: they get a problem document and change nothing. */
final class RawRequestsIT {

    private final TestWallet wallet = TestWallet.shared();
    private final String user = wallet.aWalletWith("10.00");

    @Test
    void what_is_not_proper_http_is_refused_with_a_problem() {
        var wrong = new ArrayList<String>();
        requests()
                .forEach(
                        (what, request) -> {
                            var answer = send(request);
                            Contract.WALLET.check(exchange(request, answer));
                            boolean refused =
                                    answer.startsWith("HTTP/1.1 4")
                                            && answer.contains("application/problem+json")
                                            && answer.toLowerCase(Locale.ROOT)
                                                    .contains("x-request-id:")
                                            && answer.contains("\"code\":\"");
                            if (!refused || answer.contains("Tomcat")) {
                                wrong.add(what + ": " + answer);
                            }
                        });
        assertThat(wrong).isEmpty();
        assertThat(balance()).isEqualTo("10.00");
    }

    @Test
    void a_body_that_ends_too_early_changes_nothing() {
        var body = TestWallet.deposit(user, "1.00");
        var cut = post("/deposit", "Content-Length: " + (body.length() + 10), body);
        var answer = sendAndHangUp(cut);
        assertThat(answer).doesNotContain("201");
        assertThat(balance()).isEqualTo("10.00");
    }

    private Map<String, String> requests() {
        var body = TestWallet.deposit(user, "1.00");
        var length = "Content-Length: " + body.length();
        var requests = new LinkedHashMap<String, String>();
        requests.put("no HTTP", "hello\r\n\r\n");
        requests.put("no host", "POST /deposit HTTP/1.1\r\n" + length + "\r\n\r\n" + body);
        requests.put("two hosts", post("/deposit", "Host: other\r\n" + length, body));
        requests.put("two lengths", post("/deposit", length + "\r\nContent-Length: 1", body));
        requests.put("negative length", post("/deposit", "Content-Length: -1", body));
        requests.put("length that is none", post("/deposit", "Content-Length: ten", body));
        requests.put("unknown encoding", post("/deposit", "Transfer-Encoding: secret", body));
        requests.put("broken chunks", post("/deposit", "Transfer-Encoding: chunked", "zz\r\n"));
        requests.put("a header without end", post("/deposit", "X: " + "x".repeat(20_000), body));
        requests.put("a header with NUL", post("/deposit", "X: a\0b\r\n" + length, body));
        requests.put("a path with NUL", post("/dep%00osit", length, body));
        requests.put("a path with a control", post("/dep\u0001osit", length, body));
        requests.put("a path with braces", post("/{deposit}", length, body));
        requests.put("a path with dots", post("/wallets/..%2f..%2fdeposit", length, body));
        requests.put("a path with a backslash", post("/..\\deposit", length, body));
        requests.put("a path with parameters", post("/deposit;a=b", length, body));
        requests.put("half an escape", post("/deposit%2", length, body));
        requests.put("a long path", post("/" + "a".repeat(9_000), length, body));
        requests.put("TRACE", post("/deposit", length, body).replace("POST", "TRACE"));
        requests.put("PUT", post("/deposit", length, body).replace("POST", "PUT"));
        requests.put("no verb", post("/deposit", length, body).replace("POST", "pOsT"));
        requests.put("HTTP/9", post("/deposit", length, body).replace("HTTP/1.1", "HTTP/9.9"));
        return requests;
    }

    private String post(String path, String headers, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: wallet\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer "
                + wallet.token("system")
                + "\r\n"
                + headers
                + "\r\n\r\n"
                + body;
    }

    private static Exchange exchange(String request, String answer) {
        var asked = request.split("[ \r]", 3);
        var headAndBody = answer.split("\r\n\r\n", 2);
        var lines = List.of(headAndBody[0].split("\r\n", -1));
        var headers = new HashMap<String, List<String>>();
        for (var line : lines.subList(1, lines.size())) {
            var nameAndValue = line.split(": ", 2);
            headers.put(nameAndValue[0], List.of(nameAndValue[1]));
        }
        int status = Integer.parseInt(lines.getFirst().split(" ", -1)[1]);
        return new Exchange(asked[0], asked[1], status, headers, headAndBody[1]);
    }

    private String send(String request) {
        return exchange(request, false);
    }

    private String sendAndHangUp(String request) {
        return exchange(request, true);
    }

    private String exchange(String request, boolean hangUp) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), wallet.server().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            if (hangUp) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(request.substring(0, 20), e);
        }
    }

    private String balance() {
        return wallet.get("system", "/wallets/" + user + "/balance").text("amount");
    }
}
