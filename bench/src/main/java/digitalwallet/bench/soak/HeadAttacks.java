package digitalwallet.bench.soak;

import digitalwallet.bench.load.Books;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What can be said before a body, or without one. */
final class HeadAttacks {

    private static final List<String> QUERIES =
            List.of(
                    "from=2026-13-40T99:99:99Z",
                    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                    "limit=-1",
                    "limit=99999999999999999999",
                    "cursor=AAAA%00%ff",
                    "cursor=" + "A".repeat(4_000),
                    "type=nonsense&type=deposit",
                    "order_id=%",
                    "order_id=" + "o".repeat(3_000),
                    "initiated_by=%27%20OR%201%3D1--",
                    "=x",
                    "&&&",
                    "status=posted&limit=200",
                    "from=0001-01-01T00:00:00Z&limit=200",
                    "unknown=1");

    private static final List<String> TOKENS =
            List.of(
                    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.",
                    "a.b.c",
                    "..",
                    "A".repeat(16_384),
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA");

    private static final List<String> NONSENSE =
            List.of(
                    "PRI * HTTP/2.0\r\n\r\n",
                    "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                    "GET\r\n\r\n",
                    "GET / HTTP/9.9\r\n\r\n",
                    whole("POST /deposit", "Content-Length: 5", "Transfer-Encoding: chunked"),
                    whole("POST /deposit", "Content-Length: -1"),
                    whole("GET /", "Host: b"));

    private HeadAttacks() {}

    private static String whole(String line, String... headers) {
        return line + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    static List<Attack> of(Target target) {
        return Stream.of(heads(target), callers(target), metrics(target))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attack> heads(Target target) {
        var name = target.name() + ", ";
        var api = target.api();
        return List.of(
                Attack.of(
                        name + "headers of 30 KB",
                        2,
                        500,
                        () -> api.ask(get(target, "/healthz", "X: " + "x".repeat(30_000)))),
                Attack.of(
                        name + "200 headers",
                        1,
                        500,
                        () -> api.ask(get(target, "/healthz", "X: x\r\n".repeat(199) + "X: x"))),
                Attack.of(
                        name + "addresses of 60 KB",
                        1,
                        500,
                        () -> api.ask(get(target, "/" + "a".repeat(60_000), "X: x"))),
                Attack.of(name + "no HTTP", 2, 500, () -> api.ask(any(NONSENSE))));
    }

    private static List<Attack> callers(Target target) {
        var auditor = target.wallet().token("auditor", "mallory");
        var list = target.isWallet() ? "/transactions" : "/payments";
        var name = target.name() + ", ";
        var api = target.api();
        return List.of(
                Attack.of(
                        name + "damaged tokens",
                        2,
                        200,
                        () -> api.ask(get(target, list, bearer(any(TOKENS))))),
                Attack.of(
                        name + "thousands of callers",
                        2,
                        100,
                        () -> api.ask(get(target, list + "?limit=1", bearer(newToken(target))))),
                Attack.of(
                        name + "odd searches",
                        2,
                        200,
                        () -> api.ask(get(target, list + "?" + any(QUERIES), bearer(auditor)))));
    }

    private static List<Attack> metrics(Target target) {
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "metrics, not HTTP",
                        1,
                        500,
                        () -> target.metrics().ask(any(NONSENSE))),
                Attack.of(
                        name + "metrics, addresses of 60 KB",
                        1,
                        1_000,
                        () -> target.metrics().ask(get(target, "/" + "a".repeat(60_000), "X: x"))),
                Attack.of(
                        name + "metrics, read without need",
                        2,
                        500,
                        () -> target.metrics().ask(get(target, "/metrics", "X: x"))));
    }

    private static String get(Target target, String path, String header) {
        return target.request("GET " + path, header + "\r\n");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    /** Each of somebody else, so that a table of tokens would grow. */
    private static String newToken(Target target) {
        return target.wallet().token("auditor", "caller-" + Books.newId());
    }

    private static String any(List<String> all) {
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }
}
