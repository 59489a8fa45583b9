package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.RawHttp;
import digitalwallet.local.postgres.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What has filled heaps and locked everybody out, sent to both services, which have small heaps:
 * meanwhile and afterwards others are served, and neither dies.
 */
@EnabledOnOs(OS.LINUX) // only there is every address of 127.0.0.0/8 this machine
final class HostileCallersIT {

    private static final List<Integer> PORTS = FreePort.several(2);
    private static final int WALLET_METRICS = PORTS.get(0);
    private static final int PAYMENTS_METRICS = PORTS.get(1);

    private static final Map<String, String> SMALL =
            Map.of(
                    "_JAVA_OPTIONS", "-Xmx112m -XX:+ExitOnOutOfMemoryError",
                    "WALLET_MANAGEMENT_PORT", Integer.toString(WALLET_METRICS),
                    "PAYMENTS_MANAGEMENT_PORT", Integer.toString(PAYMENTS_METRICS));

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEBI = 1 << 20;
    private static final int COMMAND_BYTES = 64 << 10;
    private static final int SERVED = 20;
    private static final int MANY_BATCHES = 74;
    private static final int MANY_NAMES = 1_215;
    private static final int MANY_BODIES = 400;
    private static final int MANY_HEADS = 3_100;
    private static final int MANY_CONNECTIONS = 4_200;

    /** A refusal of what is wrong, or of more at once than one caller may have. */
    private static final List<Integer> REFUSED = List.of(400, 413, 429, 503, Strangers.CLOSED);

    @TempDir private static Path folder;
    private static PaidShop shop;
    private static PersistentCaller honest;
    private static List<Strangers> services;

    @BeforeAll
    static void start() {
        shop = PaidShop.open(folder, SMALL);
        honest = new PersistentCaller(shop.issuer());
        services =
                List.of(
                        new Strangers(shop.wallet(), shop.issuer(), "/withdraw"),
                        new Strangers(shop.payments(), shop.issuer(), "/payments/top-ups"));
    }

    @AfterAll
    static void stop() {
        honest.close();
        shop.close();
    }

    @Test
    void field_names_of_a_megabyte_each_a_new_one() throws Exception {
        for (var service : services) {
            var answers =
                    service.sendAtOnce(
                            4,
                            MANY_BATCHES,
                            () -> service.post(service.largest(), nameOf(MEBI)),
                            HostileCallersIT::othersAreServed);
            assertThat(answers).hasSize(MANY_BATCHES).isSubsetOf(REFUSED);
        }
        othersAreServed();
    }

    @Test
    void field_names_of_64_kib_each_a_new_one() throws Exception {
        for (var service : services) {
            var answers =
                    service.sendAtOnce(
                            4,
                            MANY_NAMES,
                            () -> service.post(service.command(), nameOf(COMMAND_BYTES)),
                            HostileCallersIT::othersAreServed);
            assertThat(answers).hasSize(MANY_NAMES).isSubsetOf(REFUSED);
        }
        othersAreServed();
    }

    private static String nameOf(int bytes) {
        var id = UUID.randomUUID().toString();
        return "{\"" + id + "n".repeat(bytes - id.length() - 6) + "\":1}";
    }

    @Test
    void lists_in_lists_of_a_mebibyte_by_four_senders() throws Exception {
        var body = "{\"commands\":[" + "[0],".repeat((MEBI - 20) / 4) + "[0]]}";
        for (var service : services) {
            var answers =
                    service.sendAtOnce(
                            4,
                            80,
                            () -> service.post(service.largest(), body),
                            HostileCallersIT::othersAreServed);
            assertThat(answers).hasSize(80).isSubsetOf(REFUSED);
        }
        othersAreServed();
    }

    @Test
    void bodies_of_a_mebibyte_held_one_byte_short() throws Exception {
        var start = "{\"" + "x".repeat(MEBI - 3);
        whileHeld(
                MANY_BODIES,
                (service, i) -> service.head(service.largest(), "mallory-" + i % 9, MEBI) + start);
    }

    @Test
    void bodies_of_64_kib_held_one_byte_short() throws Exception {
        var start = "{\"" + "x".repeat(COMMAND_BYTES - 3);
        whileHeld(
                MANY_BODIES,
                (service, i) ->
                        service.head(service.command(), "mallory-" + i % 9, COMMAND_BYTES) + start);
    }

    @Test
    void half_sent_heads() throws Exception {
        whileHeld(MANY_HEADS, (_, _) -> "GET /healthz HTTP/1.1\r\nHost: a\r\nX: x");
    }

    @Test
    void webhooks_held_half_way() throws Exception {
        var half =
                "POST /webhooks/sandbox HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + COMMAND_BYTES
                        + "\r\n\r\n"
                        + "x".repeat(COMMAND_BYTES / 2);
        whileHeld(MANY_HEADS, (_, _) -> half);
    }

    @Test
    void idle_connections() throws Exception {
        whileHeld(MANY_CONNECTIONS, (_, _) -> "");
    }

    /** What one of many holds. */
    private interface Held {
        String begin(Strangers service, int number);
    }

    private static void whileHeld(int many, Held held) throws Exception {
        for (var service : services) {
            service.hold(many, number -> held.begin(service, number));
            othersAreServed();
            metricsAreShown();
            service.letGo();
        }
        othersAreServed();
    }

    @Test
    void half_sent_requests_for_the_metrics() throws Exception {
        for (int port : List.of(WALLET_METRICS, PAYMENTS_METRICS)) {
            var http = new RawHttp(port);
            for (int i = 0; i < 200; i++) {
                Strangers.tryToSend(
                        http.connect("127.0.9." + (1 + i % 20)), "GET /metrics HTTP/1.1\r\nX");
            }
        }
        metricsAreShown();
        othersAreServed();
    }

    @Test
    void each_bound_on_the_page_of_limits_has_a_metric_that_is_there() throws Exception {
        var bounds = new EachBound(services.getFirst(), shop, honest);
        bounds.meetAll();
        var shown =
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(
                                HostileCallersIT::metrics,
                                metrics -> metrics.contains("wallet_queue_dead_letters_total{"));
        var rows = LimitsPage.rows();
        assertThat(rows).hasSizeGreaterThan(25);
        for (var row : rows) {
            assertThat(row.metrics()).as(row.bound()).isNotEmpty();
            for (var metric : row.metrics()) {
                assertThat(metric.isIn(shown)).as(row.bound() + ": " + metric).isTrue();
            }
        }
    }

    private static void metricsAreShown() {
        assertThat(metrics()).contains("wallet_lanes_serving", "payments_outbox_unpublished");
    }

    /** Those of both services. */
    private static String metrics() {
        var request = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        return new RawHttp(WALLET_METRICS).send(request).body()
                + new RawHttp(PAYMENTS_METRICS).send(request).body();
    }

    /** Whoever behaves gets what they ask for, of both services; in the end it is in the books. */
    private static void othersAreServed() {
        for (int i = 0; i < SERVED; i++) {
            deposit(shop.wallet().address());
        }
        for (int i = 0; i < SERVED; i++) {
            topUp(shop.payments().address());
        }
        assertThat(shop.wallet().isAlive()).isTrue();
        assertThat(shop.payments().isAlive()).isTrue();
    }

    private static void deposit(URI wallet) {
        var body = "{\"user_id\":\"frank\",\"amount\":\"1.00\",\"initiated_by\":\"shop\"}";
        var _ = honest.post(wallet, "system", "/deposit", key(), body, 201);
    }

    private static void topUp(URI payments) {
        var body = "{\"user_id\":\"frank\",\"amount\":\"1.00\",\"method\":\"sandbox:ok\"}";
        var _ = honest.post(payments, "system", "/payments/top-ups", key(), body, 202);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
