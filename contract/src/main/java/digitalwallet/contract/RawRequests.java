package digitalwallet.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that no client library would send, made from one that is good. */
public final class RawRequests {

    private final String path;
    private final String token;
    private final String body;

    /**
     * Made from this request.
     *
     * @param path of a POST
     * @param token of a caller who may send it
     */
    public RawRequests(String path, String token, String body) {
        this.path = path;
        this.token = token;
        this.body = body;
    }

    /** The good one with other headers about its body; its connection is closed after it. */
    public String post(String headers) {
        return post(path, headers, body);
    }

    /** The good one for another path, with other headers and another body. */
    public String post(String otherPath, String headers, String otherBody) {
        return "POST "
                + otherPath
                + " HTTP/1.1\r\nHost: wallet\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer "
                + token
                + "\r\n"
                + headers
                + "\r\n\r\n"
                + otherBody;
    }

    private String length() {
        return "Content-Length: " + body.length();
    }

    /**
     * Sends all that are not proper, and holds the answers against the contract.
     *
     * @return which of them were not refused with a problem document, and how they were answered
     */
    public List<String> wronglyAnswered(RawHttp http, Contract contract) {
        var wrong = new ArrayList<String>();
        all().forEach(
                        (what, request) -> {
                            var answer = http.send(request);
                            contract.check(answer);
                            boolean refused =
                                    answer.status() >= 400
                                            && answer.status() < 500
                                            && answer.body().contains("\"code\":\"");
                            if (!refused || answer.toString().contains("Tomcat")) {
                                wrong.add(what + ": " + answer);
                            }
                        });
        return wrong;
    }

    /** Each with its name; every one is the caller's mistake. */
    private Map<String, String> all() {
        var requests = new LinkedHashMap<String, String>();
        requests.put("no HTTP", "hello\r\n\r\n");
        requests.put("no host", "POST " + path + " HTTP/1.1\r\n" + length() + "\r\n\r\n" + body);
        requests.put("two hosts", post("Host: other\r\n" + length()));
        requests.put("two lengths", post(length() + "\r\nContent-Length: 1"));
        requests.put("negative length", post("Content-Length: -1"));
        requests.put("length that is none", post("Content-Length: ten"));
        requests.put("unknown encoding", post("Transfer-Encoding: secret"));
        requests.put("broken chunks", post(path, "Transfer-Encoding: chunked", "zz\r\n"));
        requests.put("a header without end", post("X: " + "x".repeat(30_000)));
        requests.put("a header with NUL", post("X: a\0b\r\n" + length()));
        requests.put("too many headers", post("X: a\r\n".repeat(200) + length()));
        requests.put("another expectation", post("Expect: a-miracle\r\n" + length()));
        requests.put("CONNECT", post(length()).replace("POST", "CONNECT"));
        requests.put("TRACE", post(length()).replace("POST", "TRACE"));
        requests.put("PUT", post(length()).replace("POST", "PUT"));
        requests.put("PROPFIND", post(length()).replace("POST", "PROPFIND"));
        requests.put("no verb", post(length()).replace("POST", "pOsT"));
        requests.put("HTTP/9", post(length()).replace("HTTP/1.1", "HTTP/9.9"));
        addBodies(requests);
        addPaths(requests);
        return requests;
    }

    private void addBodies(Map<String, String> requests) {
        var form = "multipart/form-data; boundary=a";
        requests.put("multipart", post(length()).replace("application/json", form));
        requests.put(
                "multipart without boundary",
                post(length()).replace("application/json", "multipart/form-data"));
        requests.put(
                "multipart elsewhere",
                post("/nothing", length(), body).replace("application/json", form));
        requests.put(
                "multipart without token",
                post(length()).replace("application/json", form).replace("Bearer", "None"));
        requests.put(
                "a form",
                post(length()).replace("application/json", "application/x-www-form-urlencoded"));
        requests.put("no body", post(path, "X: a", ""));
        requests.put("an empty body", post(path, "Content-Length: 0", ""));
        requests.put(
                "an empty chunked body", post(path, "Transfer-Encoding: chunked", "0\r\n\r\n"));
        requests.put(
                "half a character in a name", post(path, "Content-Length: 12", "{\"\\udc00\":1}"));
        requests.put(
                "half a character raw",
                post(path, "Content-Length: 7", "{\"\u00ed\u00a0\u0080\":"));
    }

    private void addPaths(Map<String, String> requests) {
        requests.put("a path with NUL", post(path + "%00", length(), body));
        requests.put("a path with a control", post("/dep\u0001osit", length(), body));
        requests.put("a path with braces", post("/{deposit}", length(), body));
        requests.put("a path with dots", post("/payments/..%2f..%2fdeposit", length(), body));
        requests.put("a path with a backslash", post("/..\\deposit", length(), body));
        requests.put("a path with parameters", post(path + ";a=b", length(), body));
        requests.put("half an escape", post(path + "%2", length(), body));
        requests.put("a long path", post("/" + "a".repeat(9_000), length(), body));
        requests.put("a longer path", post("/" + "a".repeat(60_000), length(), body));
        for (var query :
                new String[] {"?=x", "?%00=%00", "?a=%ED%A0%80", "?%", "?&", "?=&=", "?a[]=1"}) {
            requests.put("the query " + query, post(path + query, length(), body));
            requests.put(
                    "the query of a list " + query,
                    post("/payments" + query, "X: a", "").replace("POST", "GET"));
            requests.put(
                    "the query of a search " + query,
                    post("/transactions" + query, "X: a", "").replace("POST", "GET"));
        }
    }
}
