package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.RawHttp;
import digitalwallet.local.postgres.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the broker stood still, transactions with as much metadata as they may have piled up. A
 * server in a small heap starts all the same, and publishes all of them.
 */
final class LargeEventsIT {

    private static final boolean LONG = Boolean.getBoolean("wallet.test.long");
    private static final int TRANSFERS = LONG ? 24_000 : 3_000;
    private static final int REJECTIONS = LONG ? 7_000 : 900;
    private static final String HEAP = LONG ? "-Xmx256m" : "-Xmx112m";
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 30 : 5);
    private static final int METRICS = FreePort.any();
    private static final int LABELS = 20;

    /** So many of either kind fit in a body of 1 MiB. */
    private static final int TRANSFERS_AT_ONCE = 200;

    private static final int REJECTIONS_AT_ONCE = 30;

    @TempDir private Path folder;

    @Test
    void what_piled_up_is_published_by_a_server_with_a_small_heap() {
        var small =
                Map.of(
                        "_JAVA_OPTIONS",
                        HEAP + " -XX:+ExitOnOutOfMemoryError",
                        "WALLET_MANAGEMENT_PORT",
                        Integer.toString(METRICS));
        try (var shop = PaidShop.open(folder, small);
                var caller = new PersistentCaller(shop.issuer())) {
            awaitPublished(1);
            shop.kafka().kill();
            var amount = "\"amount\":\"0.01\",\"initiated_by\":\"alice\",\"metadata\":";
            send(
                    shop,
                    caller,
                    TRANSFERS / TRANSFERS_AT_ONCE,
                    TRANSFERS_AT_ONCE,
                    "{\"type\":\"transfer\",\"from_user_id\":\"alice\",\"to_user_id\":\"bob\","
                            + amount
                            + labels("", "x".repeat(190))
                            + "}");
            send(
                    shop,
                    caller,
                    REJECTIONS / REJECTIONS_AT_ONCE,
                    REJECTIONS_AT_ONCE,
                    "{\"type\":\"withdraw\",\"user_id\":\"alice\","
                            + amount.replace("0.01", "900000000.00")
                            + labels("\u4e2d".repeat(254), "\u4e2d".repeat(256))
                            + "}");
            shop.wallet().kill();
            shop.kafka().restart();
            shop.wallet().restart();
            shop.wallet().awaitReady();
            awaitPublished(TRANSFERS + REJECTIONS);
            assertThat(shop.wallet().isAlive()).isTrue();
        }
    }

    /**
     * As many as there may be.
     *
     * @param name the end of each name
     */
    private static String labels(String name, String value) {
        return IntStream.range(0, LABELS)
                .mapToObj(i -> "\"%02d%s\":\"%s\"".formatted(i, name, value))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void send(
            PaidShop shop, PersistentCaller caller, int batches, int commands, String command) {
        var all = (command + ",").repeat(commands - 1) + command;
        var body = "{\"atomic\":false,\"commands\":[" + all + "]}";
        for (int i = 0; i < batches; i++) {
            var key = UUID.randomUUID().toString();
            var _ = caller.post(shop.wallet().address(), "system", "/batch", key, body, 200);
        }
    }

    /** Waits until this process has published at least so many events, and nothing is left. */
    private static void awaitPublished(int events) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () ->
                                metric("wallet_events_published_total") >= events
                                        && metric("wallet_events_lag_transactions") == 0);
    }

    private static double metric(String name) {
        var request = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        return new RawHttp(METRICS)
                .send(request)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
