package digitalwallet.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.local.token.LocalIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small process behind the gate: who gets in, and what they are told. */
final class GateTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;
    private static SmallServer server;
    private static LocalIssuer issuer;

    @BeforeAll
    static void start() {
        server = SmallServer.open(folder, Set.of());
        issuer = server.issuer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_endpoint_without_a_rule_is_closed_to_everybody() throws Exception {
        for (var role : new String[] {"user", "system", "support", "auditor", "admin"}) {
            assertThat(get(role, "/forgotten").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void only_what_says_so_is_open() throws Exception {
        assertThat(get("", "/healthz").body()).isEqualTo("{\"status\":\"alive\"}");
        assertThat(get("", "/readyz").statusCode()).isEqualTo(200);
        assertThat(get("", "/open/page").body()).isEqualTo("{\"file\":\"page\"}");
        for (var path :
                new String[] {"/forgotten", "/speak", "/open", "/open/a/b", "/healthz/", "/"}) {
            assertThat(get("", path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get("system", "/nowhere").body()).contains("urn:wallet:problem:not_found");
    }

    @Test
    void a_rule_reaches_as_far_as_its_row_says() throws Exception {
        assertThat(speak("user", "{\"user_id\":\"user\"}").statusCode()).isEqualTo(200);
        assertThat(speak("user", "{\"user_id\":\"other\"}").body()).contains("not_your_wallet");
        assertThat(speak("system", "{\"user_id\":7}").statusCode()).isEqualTo(200);
        assertThat(speak("auditor", "{\"user_id\":\"auditor\"}").body()).contains("forbidden");
    }

    @Test
    void what_is_no_plain_json_is_refused_with_its_code() throws Exception {
        assertThat(speak("system", "{\"user_id\":\"\\ud800\"}").body()).contains("invalid_text");
        assertThat(speak("system", "{\"a\":1,\"a\":1}").body()).contains("duplicate_field");
        assertThat(speak("system", "{\"user\":\"a\"}").body()).contains("unknown_field");
        assertThat(speak("system", "[]").body()).contains("malformed_json");
        assertThat(speak("system", "{\"a\":[[[[[[[[1]]]]]]]]}").body()).contains("too_deep");
    }

    @Test
    void a_header_about_the_body_is_given_once() throws Exception {
        for (var twice :
                List.of(
                        List.of("Content-Type", "application/json", "text/plain"),
                        List.of("Content-Encoding", "identity", "gzip"))) {
            var request =
                    request("/speak")
                            .header(twice.get(0), twice.get(1))
                            .header(twice.get(0), twice.get(2))
                            .POST(BodyPublishers.ofString("{\"user_id\":\"a\"}"));
            var response = send("system", request);
            assertThat(response.statusCode()).as(twice.get(0)).isEqualTo(415);
            assertThat(response.body()).contains("unsupported_media_type");
        }
    }

    @Test
    void what_is_accepted_is_said_by_the_closest_range() throws Exception {
        assertThat(accepting("application/json;q=0, */*")).isEqualTo(406);
        assertThat(accepting("*/*;q=0, application/json")).isEqualTo(404);
        assertThat(accepting("text/html, application/*;q=0.1")).isEqualTo(404);
        assertThat(accepting("application/problem+json")).isEqualTo(404);
        assertThat(accepting("text/html")).isEqualTo(406);
        assertThat(accepting("nonsense")).isEqualTo(406);
    }

    /** The status that a caller who accepts this gets for a path that does not exist. */
    private static int accepting(String accept) throws Exception {
        return send("system", request("/nowhere").header("Accept", accept)).statusCode();
    }

    @Test
    void a_name_in_an_answer_is_not_cut_within_a_character() throws Exception {
        var body = "{\"" + "a".repeat(63) + "\uD83D\uDE00\uD83D\uDE00\":1}";
        assertThat(speak("system", body).body()).contains("\"field\":\"" + "a".repeat(63) + "…\"");
    }

    @Test
    void a_text_has_whole_characters_up_to_its_length_and_no_control_characters() throws Exception {
        assertThat(say("\"" + "\uD83D\uDE00".repeat(4) + "\"").statusCode()).isEqualTo(200);
        for (var text : new String[] {"\"\"", "\"abcde\"", "\"a\\u0000b\"", "7", "true", "[]"}) {
            assertThat(say(text).body()).as(text).contains("invalid_text", "\"field\":\"word\"");
        }
        assertThat(say("null").body()).contains("missing_field");
    }

    @Test
    void a_token_of_an_unknown_key_is_invalid_however_often_one_comes() throws Exception {
        var stranger = LocalIssuer.openOrCreate(folder.resolve("stranger"));
        var token = stranger.token("admin", "admin", Duration.ofMinutes(5));
        for (int i = 0; i < 5; i++) {
            var request = request("/speak").header("Authorization", "Bearer " + token).GET();
            assertThat(send("", request).body()).contains("unauthorized", "\"retryable\":false");
        }
    }

    @Test
    void a_token_that_never_ends_is_invalid() throws Exception {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.issuer())
                        .audience(issuer.audience())
                        .subject("system")
                        .claim("roles", List.of("system"))
                        .serializeNullClaims(true)
                        .expirationTime(null)
                        .build();
        var request = request("/speak").header("Authorization", "Bearer " + issuer.sign(claims));
        assertThat(send("", request.GET()).body()).contains("the token is not valid");
    }

    @Test
    void a_fault_that_passes_is_answered_503() throws Exception {
        var reply = get("system", "/away");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).contains("1");
        assertThat(reply.body()).contains("come back", "\"retryable\":true");
        assertThat(reply.headers().firstValue("X-Request-Id").map(reply.body()::contains))
                .contains(true);
    }

    @Test
    void a_path_that_is_open_for_one_method_only_stops_the_start() {
        assertThatThrownBy(
                        () ->
                                SmallServer.open(
                                        server.issuer(),
                                        SmallProcess.Contradictory.class,
                                        Set.of()))
                .hasStackTraceContaining("is open to all and under a rule");
    }

    private static HttpResponse<String> get(String role, String path) throws Exception {
        return send(role, request(path).GET());
    }

    private static HttpResponse<String> speak(String role, String body) throws Exception {
        var request = request("/speak").header("Content-Type", "application/json");
        return send(role, request.POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> say(String word) throws Exception {
        var request = request("/say").header("Content-Type", "application/json");
        return send("system", request.POST(BodyPublishers.ofString("{\"word\":" + word + "}")));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofMinutes(5));
    }

    private static HttpResponse<String> send(String role, HttpRequest.Builder request)
            throws Exception {
        if (!role.isEmpty()) {
            var token = issuer.token(role, role, Duration.ofMinutes(5));
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
