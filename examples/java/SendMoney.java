import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Sends movements of money to the wallet, each exactly once, whatever is killed and whenever.
 *
 * <p>docs/callers.md explains it. It needs a JDK and nothing else:
 *
 * <pre>java SendMoney.java http://127.0.0.1:8080 token-file movements-file journal-file [--queue]
 * </pre>
 *
 * A line of the movements is the shop's own name of the movement, the path and the body:
 *
 * <pre>
 * order-17 /purchase {"user_id":"alice","amount":"3.50","currency":"USD","initiated_by":"shop"}
 * </pre>
 *
 * It ends with 0 when every movement has its end, 3 when somebody must look at one of them, 1 when
 * some are still open: then run it again, and 2 when it could not begin.
 */
final class SendMoney {

    /** The wallet answers within 10 seconds, if with 503. */
    private static final Duration CALL_MAX = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long PAUSE_MILLIS_FIRST = 100;
    private static final long PAUSE_MILLIS_MAX = 10_000;

    /** The wallet keeps a key for 30 days. What is older must not be sent again. */
    private static final Duration KEY_AGE_MAX = Duration.ofDays(25);

    private static final int NO_ANSWER = 0;

    private static final Pattern MOVEMENT =
            Pattern.compile("(\\S+) (/deposit|/withdraw|/purchase|/refund|/transfer) (\\{[^\t]*})");

    private final URI wallet;
    private final Path tokenFile;
    private final boolean queue;
    private final Journal journal;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private SendMoney(URI wallet, Path tokenFile, boolean queue, Journal journal) {
        this.wallet = wallet;
        this.tokenFile = tokenFile;
        this.queue = queue;
        this.journal = journal;
    }

    static void main(String[] arguments) throws Exception {
        if (arguments.length < 4 || arguments.length > 5) {
            System.err.println("arguments: URL TOKEN_FILE MOVEMENTS_FILE JOURNAL_FILE [--queue]");
            System.exit(2);
        }
        int code;
        try (var journal = open(Path.of(arguments[3]))) {
            var sender =
                    new SendMoney(
                            URI.create(arguments[0]),
                            Path.of(arguments[1]),
                            arguments.length == 5 && arguments[4].equals("--queue"),
                            journal);
            boolean ended = sender.send(Path.of(arguments[2]));
            if (ended && !journal.isWrittenTo()) {
                System.err.println("nothing left to do: each movement has ended in this journal");
            }
            code = !ended ? 1 : journal.hasPuzzles() ? 3 : 0;
        }
        System.exit(code);
    }

    private static Journal open(Path path) throws IOException {
        try {
            return new Journal(path);
        } catch (IllegalStateException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(2);
            throw unusable;
        }
    }

    /** Whether every movement has its end. In order: an open one holds up those behind it. */
    private boolean send(Path movements) throws IOException, InterruptedException {
        for (var line : Files.readAllLines(movements)) {
            var movement = MOVEMENT.matcher(line);
            if (!movement.matches()) {
                throw new IllegalArgumentException("not a movement: " + line);
            }
            var name = movement.group(1);
            boolean isNew = journal.find(name) == null;
            if (isNew) {
                // The key is on the disk before the first request: this is the whole trick.
                var key = UUID.randomUUID().toString();
                var now = Instant.now().toString();
                journal.write("intent", name, key, now, movement.group(2), movement.group(3));
            }
            if (journal.find(name).isOpen() && !send(journal.find(name), isNew, queue)) {
                return false;
            }
        }
        for (var intent : journal.intents()) {
            if (intent.isQueued() && !follow(intent)) {
                return false;
            }
        }
        return true;
    }

    /** Sends one until an answer ends it or says that it is queued; false if none comes. */
    private boolean send(Journal.Intent intent, boolean isNew, boolean queued)
            throws IOException, InterruptedException {
        if (intent.time().plus(KEY_AGE_MAX).isBefore(Instant.now())) {
            journal.write("end", intent.name(), "look", "the key is too old to be sent again");
            return true;
        }
        // Whether it may be in the books although nobody told us.
        boolean inDoubt = !isNew;
        var pauses = new Pauses();
        do {
            var answer = call(post(intent, queued));
            switch (answer.status()) {
                case 201 -> {
                    var end = answer.replayed() ? "replayed" : "first";
                    var id = answer.location().replaceFirst(".*/", "");
                    journal.write("end", intent.name(), "posted", id, end);
                    return true;
                }
                case 202 -> {
                    journal.write("queued", intent.name(), answer.location());
                    return true;
                }
                // Not now, or a token that has expired: the next attempt reads it anew.
                case 401, 429 -> {}
                case NO_ANSWER, 408, 500, 502, 503, 504 ->
                        inDoubt |= !answer.fact("code").equals("unavailable");
                default -> {
                    refused(intent, answer, inDoubt);
                    return true;
                }
            }
            pauses.take(answer.retryAfterSeconds());
        } while (!pauses.areOver());
        return false;
    }

    /** The books said no, and that is final; or the request was wrong and reached no books. */
    private void refused(Journal.Intent intent, Answer answer, boolean inDoubt) throws IOException {
        var code = answer.fact("code");
        var id = answer.fact("transaction_id");
        if (!id.isEmpty()) {
            journal.write("end", intent.name(), "rejected", id, code);
        } else {
            // Refused before it was looked up: an earlier attempt may be in the books all the same.
            journal.write("end", intent.name(), inDoubt ? "look" : "refused", code);
        }
    }

    /** Asks for a queued one until its outcome is there; false if it does not come. */
    private boolean follow(Journal.Intent intent) throws IOException, InterruptedException {
        var location = intent.location();
        var pauses = new Pauses();
        do {
            var answer = call(request(location).GET());
            var id = answer.fact("id");
            if (answer.status() == 404) {
                // The queue does not know it any more. The key still protects it.
                return send(intent, false, false);
            } else if (answer.status() == 200 && answer.fact("status").equals("posted")) {
                journal.write("end", intent.name(), "posted", id, "queued");
                return true;
            } else if (answer.status() == 200 && answer.rejection().equals("duplicate")) {
                // Queued twice with one key: the first one has the outcome.
                location = "/transactions/" + answer.fact("original_transaction_id");
            } else if (answer.status() == 200 && answer.fact("status").equals("rejected")) {
                journal.write("end", intent.name(), "rejected", id, answer.rejection());
                return true;
            }
            pauses.take(answer.retryAfterSeconds());
        } while (!pauses.areOver());
        return false;
    }

    private HttpRequest.Builder post(Journal.Intent intent, boolean queued) throws IOException {
        var request =
                request(intent.path())
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", intent.key())
                        .POST(BodyPublishers.ofString(intent.body()));
        return queued ? request.header("Prefer", "respond-async") : request;
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(wallet.resolve(path))
                .timeout(CALL_MAX)
                .header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
    }

    private Answer call(HttpRequest.Builder request) throws InterruptedException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            var headers = response.headers();
            return new Answer(
                    response.statusCode(),
                    headers.firstValue("Location").orElse(""),
                    headers.firstValueAsLong("Retry-After").orElse(0),
                    headers.firstValue("Idempotency-Replayed").isPresent(),
                    response.body());
        } catch (IOException noAnswer) {
            return new Answer(NO_ANSWER, "", 0, false, "");
        }
    }

    /** Facts are found by pattern because the JDK reads no JSON: use the library you have. */
    private record Answer(
            int status, String location, long retryAfterSeconds, boolean replayed, String body) {

        String fact(String name) {
            return find("\"" + name + "\":\"([^\"]*)\"");
        }

        String rejection() {
            return find("\"rejection\":\\{\"code\":\"([^\"]*)\"");
        }

        private String find(String pattern) {
            var found = Pattern.compile(pattern).matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    /** Longer and longer, each of random length, so that callers do not come back all at once. */
    private static final class Pauses {

        private final long begin = System.nanoTime();
        private long millisMax = PAUSE_MILLIS_FIRST;

        void take(long secondsMin) throws InterruptedException {
            Thread.sleep(secondsMin * 1000 + ThreadLocalRandom.current().nextLong(millisMax));
            millisMax = Math.min(2 * millisMax, PAUSE_MILLIS_MAX);
        }

        boolean areOver() {
            return System.nanoTime() - begin > PATIENCE.toNanos();
        }
    }
}
