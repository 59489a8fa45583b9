package digitalwallet.bench.soak;

import digitalwallet.bench.load.Books;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that are whole, with bodies that cost much to read or to keep. */
final class BodyAttacks {

    private static final int BATCH_BYTES = 1 << 20;
    private static final int COMMAND_BYTES = 64 << 10;
    private static final int DEPTH = 15_000;
    private static final int LABELS = 20;
    private static final int LABEL_LENGTH = 250;

    private BodyAttacks() {}

    static List<Attack> of(Target target) {
        return Stream.concat(large(target).stream(), odd(target).stream()).toList();
    }

    private static List<Attack> large(Target target) {
        var token = target.wallet().token("system", "mallory");
        // The payments service has no larger body; it must refuse this one.
        var large = target.isWallet() ? "/batch" : target.command();
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "field names of 1 MB",
                        2,
                        2_000,
                        () -> post(target, large, token, nameOf(BATCH_BYTES))),
                Attack.of(
                        name + "field names of 64 KiB",
                        2,
                        500,
                        () -> post(target, target.command(), token, nameOf(COMMAND_BYTES))),
                Attack.of(
                        name + "a list of [0] of 1 MiB",
                        4,
                        2_000,
                        () -> post(target, large, token, lists())));
    }

    private static List<Attack> odd(Target target) {
        var token = target.wallet().token("system", "mallory");
        var name = target.name() + ", ";
        return List.of(
                Attack.of(
                        name + "deep JSON",
                        2,
                        500,
                        () -> post(target, target.command(), token, "{\"a\":" + "[".repeat(DEPTH))),
                Attack.of(
                        name + "wide JSON",
                        2,
                        500,
                        () -> post(target, target.command(), token, wide())),
                Attack.of(
                        name + "half characters, NUL, huge numbers",
                        2,
                        500,
                        () -> post(target, target.command(), token, odd())),
                Attack.of(
                        name + "random keys, refused, with metadata",
                        2,
                        250,
                        () -> refused(target, token)));
    }

    private static String post(Target target, String path, String token, String body)
            throws IOException {
        return target.api().ask(target.post(path, token, body));
    }

    /** A new name each time, so that a table of names would grow. */
    private static String nameOf(int bytes) {
        var id = Books.newId().toString();
        return "{\"" + id + "n".repeat(bytes - id.length() - 6) + "\":1}";
    }

    private static String lists() {
        return "{\"commands\":[" + "[0],".repeat((BATCH_BYTES - 20) / 4) + "[0]]}";
    }

    private static String wide() {
        var text = new StringBuilder(COMMAND_BYTES).append('{');
        int bound = COMMAND_BYTES - 20;
        for (int i = 0; text.length() < bound; i++) {
            text.append("\"n").append(i).append("\":0,");
        }
        return text.append("\"z\":0}").toString();
    }

    private static String odd() {
        return switch (ThreadLocalRandom.current().nextInt(5)) {
            case 0 -> "{\"user_id\":\"\\ud800\"}";
            case 1 -> "{\"user_id\":\"\\u0000\",\"amount\":\"1.00\"}";
            case 2 -> "{\"amount\":" + "9".repeat(40_000) + "}";
            case 3 -> "{\"amount\":1e999999999}";
            default -> "\u00ff\u00fe nonsense";
        };
    }

    /** More than the wallet has: recorded with all that it says, under a key of its own. */
    private static String refused(Target target, String token) throws IOException {
        var body = target.isWallet() ? tooMuch() : declined();
        var key = "Idempotency-Key: " + Books.newId() + "\r\n";
        return target.api().ask(target.head(target.command(), token, key, body.length()) + body);
    }

    private static String tooMuch() {
        var labels =
                IntStream.range(0, LABELS)
                        .mapToObj(i -> "\"l%d\":\"%s\"".formatted(i, "m".repeat(LABEL_LENGTH)))
                        .collect(Collectors.joining(","));
        return "{\"user_id\":\"mallory\",\"amount\":\"999999.00\",\"initiated_by\":\"mallory\","
                + "\"metadata\":{"
                + labels
                + "}}";
    }

    private static String declined() {
        return "{\"user_id\":\"mallory\",\"amount\":\"1.00\",\"method\":\"sandbox:decline\"}";
    }
}
