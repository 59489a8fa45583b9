package digitalwallet.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.contract.Exchange;
import digitalwallet.contract.RawHttp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent and answered, to the byte: what no client library lets one see. */
final class RawHttpTest {

    private static final String SHOP = "https://shop.example";

    @TempDir private static Path folder;
    private static SmallServer server;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        server = SmallServer.open(folder, Set.of(SHOP));
        http = new RawHttp(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatever_is_answered_has_an_id_and_is_kept_by_nobody() {
        for (var line :
                List.of("OPTIONS *", "TRACE /speak", "GET /healthz", "GET /nowhere", "GET /\0")) {
            var answer = send(line, "");
            assertThat(answer.headers().get("x-request-id")).as(line).hasSize(1);
            assertThat(answer.headers().get("cache-control")).as(line).containsExactly("no-store");
            assertThat(answer.headers().get("x-content-type-options"))
                    .as(line)
                    .containsExactly("nosniff");
        }
    }

    @Test
    void the_methods_of_a_path_are_those_that_work_there() {
        assertThat(allow("OPTIONS *", 200)).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(allow("OPTIONS /speak", 200)).isEqualTo("OPTIONS, POST");
        assertThat(allow("TRACE /speak", 405)).isEqualTo("OPTIONS, POST");
        assertThat(allow("TRACE /healthz", 405)).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(allow("PUT /things/orders", 405)).isEqualTo("OPTIONS, POST");
        assertThat(allow("GET /things/orders", 405)).isEqualTo("OPTIONS, POST");
        assertThat(allow("DELETE /things/7", 405)).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(send("TRACE /nowhere", "").status()).isEqualTo(404);
        assertThat(send("TRACE /speak", "X-Secret: s\r\n").body()).doesNotContain("X-Secret");
    }

    private static String allow(String line, int status) {
        var answer = send(line, "");
        assertThat(answer.status()).as(line).isEqualTo(status);
        return answer.header("allow");
    }

    @Test
    void a_caller_s_own_request_id_is_kept_when_it_is_safe() {
        var kept = send("GET /nowhere", "X-Request-Id: shop-7/a:b\r\n");
        assertThat(kept.headers().get("x-request-id")).containsExactly("shop-7/a:b");
        assertThat(kept.body()).contains("\"request_id\":\"shop-7/a:b\"");
        for (var unsafe : new String[] {"a b", "\"", "<x>", "a".repeat(65), ""}) {
            var answer = send("GET /nowhere", "X-Request-Id: " + unsafe + "\r\n");
            var id = answer.header("x-request-id");
            assertThat(id).as(unsafe).matches("[0-9a-f-]{36}");
            assertThat(answer.body()).contains("\"request_id\":\"" + id + "\"");
        }
        var refused = send("NONSENSE\0", "X-Request-Id: mine\r\n");
        assertThat(refused.body())
                .contains("\"request_id\":\"" + refused.header("x-request-id") + "\"");
    }

    @Test
    void a_head_that_is_too_large_is_told_what_is_too_large() {
        assertThat(refusal("GET /" + "a".repeat(9_000), "", 414)).isEqualTo("uri_too_long");
        assertThat(refusal("GET /" + "a".repeat(60_000), "", 414)).isEqualTo("uri_too_long");
        assertThat(refusal("GET /speak", "X: " + "x".repeat(30_000) + "\r\n", 431))
                .isEqualTo("headers_too_large");
        assertThat(refusal("GET /speak", "X: x\r\n".repeat(200), 431))
                .isEqualTo("headers_too_large");
    }

    private static String refusal(String line, String headers, int status) {
        var answer = send(line, headers);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.body().replaceFirst("(?s).*\"code\":\"([a-z_]+)\".*", "$1");
    }

    @Test
    void a_token_of_16_kib_is_read() {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(server.issuer().issuer())
                        .audience(server.issuer().audience())
                        .subject("system")
                        .claim("roles", List.of("system"))
                        .claim("groups", "g".repeat(11_800))
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build();
        var token = server.issuer().sign(claims);
        assertThat(token.length()).isBetween(15_500, 16_384);
        assertThat(send("GET /things/7", token, "", "").status()).isEqualTo(200);
    }

    @Test
    void an_expectation_is_met_only_when_the_body_is_wanted() {
        var expecting = "Content-Type: application/json\r\nContent-Length: 16\r\nExpect: ";
        var wanted =
                send(
                        "POST /speak",
                        server.token("system"),
                        expecting + "100-continue\r\n",
                        "{\"user_id\":\"ab\"}");
        assertThat(wanted.status()).isEqualTo(100);
        assertThat(wanted.body()).startsWith("HTTP/1.1 200");
        // It never comes, so an answer shows that nobody waited for it.
        var refused = send("POST /speak", "nonsense", expecting + "100-continue\r\n", "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refusal("POST /speak", expecting + "a-miracle\r\n", 417))
                .isEqualTo("expectation_failed");
    }

    @Test
    void a_body_that_is_missing_is_said_to_be_missing() {
        for (var headers : List.of("", "Content-Length: 0\r\n", "Content-Type: text/plain\r\n")) {
            var answer = send("POST /speak", headers);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("malformed_json", "the body is missing");
        }
        var chunked = "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n";
        assertThat(send("POST /speak", server.token("system"), chunked, "0\r\n\r\n").body())
                .contains("the body is missing");
    }

    @Test
    void half_a_character_in_a_name_is_said_to_be_half() {
        for (var body : List.of("{\"\\ud800\":1}", "{\"a\":{\"\\udc00x\":1}}")) {
            assertThat(speak(body).body()).contains("invalid_text", "half a character");
        }
        assertThat(speak("{\"" + "n".repeat(600) + "\":1}").body()).contains("invalid_text");
    }

    @Test
    void values_and_items_are_counted_while_they_are_read() {
        assertThat(speak("{\"a\":[" + "0,".repeat(2_000) + "0]}").body())
                .contains("too_many_values");
        // What follows is not JSON, so that only a reader that stops in time does not see it.
        assertThat(many("{\"things\":[" + "[0],".repeat(20) + "nonsense").body())
                .contains("too_many_things");
        assertThat(many("{\"a\":{" + pairs(2_000) + " nonsense").body())
                .contains("too_many_values");
    }

    private static String pairs(int count) {
        var pairs = new StringBuilder();
        for (int i = 0; i < count; i++) {
            pairs.append("\"n").append(i).append("\":0,");
        }
        return pairs.toString();
    }

    @Test
    void a_page_of_another_origin_may_do_what_users_do_if_its_origin_is_named() {
        var asks = "Access-Control-Request-Method: POST\r\nOrigin: ";
        var named = send("OPTIONS /speak", "", asks + SHOP + "\r\n", "");
        assertThat(named.status()).isEqualTo(200);
        assertThat(named.headers().get("access-control-allow-origin")).containsExactly(SHOP);
        assertThat(named.headers().get("access-control-allow-methods")).containsExactly("POST");
        assertThat(named.headers()).doesNotContainKey("access-control-allow-credentials");
        assertThat(named.headers().get("vary")).contains("Origin");
        for (var unnamed : List.of("https://evil.example", SHOP + ".evil.example", "null")) {
            var answer = send("OPTIONS /speak", "", asks + unnamed + "\r\n", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
        for (var path : List.of("/healthz", "/forgotten")) {
            var answer = send("OPTIONS " + path, "", asks + SHOP + "\r\n", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
        var read = send("GET /things/7", "Origin: " + SHOP + "\r\n");
        assertThat(read.headers().get("access-control-allow-origin")).containsExactly(SHOP);
        assertThat(read.header("access-control-expose-headers")).contains("X-Request-Id", "ETag");
    }

    @Test
    void what_the_caller_has_already_is_not_sent_again() {
        var first = send("GET /things/7", "");
        assertThat(first.headers().get("etag")).containsExactly("W/\"7\"");
        for (var known : List.of("W/\"7\"", "\"6\", W/\"7\"")) {
            var again = send("GET /things/7", "If-None-Match: " + known + "\r\n");
            assertThat(again.status()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
        assertThat(send("GET /things/7", "If-None-Match: \"6\"\r\n").status()).isEqualTo(200);
    }

    @Test
    void only_long_answers_are_compressed_and_only_for_who_asks() {
        var zipped = send("GET /long", "Accept-Encoding: gzip\r\n");
        assertThat(zipped.headers().get("content-encoding")).containsExactly("gzip");
        assertThat(zipped.body().length()).isLessThan(500);
        assertThat(send("GET /long", "").headers()).doesNotContainKey("content-encoding");
        assertThat(send("GET /things/7", "Accept-Encoding: gzip\r\n").headers())
                .doesNotContainKey("content-encoding");
    }

    @Test
    void a_picture_has_no_charset() {
        assertThat(send("GET /docs/favicon-32x32.png", "").headers().get("content-type"))
                .containsExactly("image/png");
    }

    private static Exchange speak(String body) {
        return post("/speak", body);
    }

    private static Exchange many(String body) {
        return post("/many", body);
    }

    private static Exchange post(String path, String body) {
        var headers = "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return send("POST " + path, server.token("system"), headers, body);
    }

    private static Exchange send(String line, String headers) {
        return send(line, server.token("system"), headers, "");
    }

    private static Exchange send(String line, String token, String headers, String body) {
        return http.send(
                line
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                        + headers
                        + "\r\n"
                        + body);
    }
}
