package digitalwallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Somebody who goes as far as each bound lets them, and once beyond it. */
final class EachBound {

    private static final int PURCHASES_MAX = 1_000;

    private final Strangers strangers;
    private final PaidShop shop;
    private final PersistentCaller caller;

    EachBound(Strangers strangers, PaidShop shop, PersistentCaller caller) {
        this.strangers = strangers;
        this.shop = shop;
        this.caller = caller;
    }

    void meetAll() throws IOException, InterruptedException, ExecutionException {
        meetThoseOfHeads();
        meetThoseOfBodies();
        meetThatOfPurchases();
        sendNonsense();
    }

    private void meetThoseOfHeads() {
        assertThat(strangers.ask("GET /" + "a".repeat(9_000), "")).isEqualTo(414);
        assertThat(strangers.ask("GET /healthz", "X: " + "x".repeat(30_000) + "\r\n"))
                .isEqualTo(431);
        var token = "Authorization: Bearer " + "t".repeat(16_500) + "\r\n";
        assertThat(strangers.ask("GET /transactions", token)).isEqualTo(401);
    }

    private void meetThoseOfBodies() throws IOException {
        var command = strangers.command();
        assertThat(strangers.post(command, " ".repeat(70_000))).isEqualTo(413);
        assertThat(strangers.post(command, "{\"a\":" + "[".repeat(20))).isEqualTo(400);
        assertThat(strangers.post(command, "{\"a\":[" + "0,".repeat(2_000) + "0]}")).isEqualTo(400);
        assertThat(strangers.post(command, "{\"" + "n".repeat(600) + "\":0}")).isEqualTo(400);
        var commands = "{\"commands\":[" + "{},".repeat(1_000) + "{}]}";
        assertThat(strangers.post("/batch", commands)).isEqualTo(400);
    }

    /** A refund that draws on one purchase more than it may look at. */
    private void meetThatOfPurchases() {
        var wallet = shop.wallet().address();
        var gina = "\"user_id\":\"gina\",\"initiated_by\":\"shop\",\"amount\":";
        post(wallet, "/deposit", "{" + gina + "\"100.00\"}", 201);
        var purchase = "{\"type\":\"purchase\",\"order_id\":\"many\"," + gina + "\"0.01\"";
        var purchases =
                IntStream.range(0, PURCHASES_MAX)
                        .mapToObj(_ -> purchase + "}")
                        .collect(Collectors.joining(","));
        for (var all : new String[] {purchases, purchase + "}"}) {
            post(wallet, "/batch", "{\"atomic\":false,\"commands\":[" + all + "]}", 200);
        }
        var refund = "{\"related_order_id\":\"many\"," + gina + "\"10.01\"}";
        post(wallet, "/refund", refund, 422);
    }

    private void post(URI wallet, String path, String body, int status) {
        var _ = caller.post(wallet, "system", path, id(), body, status);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private void sendNonsense() throws InterruptedException, ExecutionException {
        var bootstrap = Map.<String, Object>of("bootstrap.servers", shop.kafka().bootstrap());
        try (var producer =
                new KafkaProducer<>(
                        bootstrap, new ByteArraySerializer(), new ByteArraySerializer())) {
            var nonsense = "nonsense".getBytes(UTF_8);
            var _ =
                    producer.send(new ProducerRecord<>("wallet.commands", nonsense, nonsense))
                            .get();
        }
    }
}
