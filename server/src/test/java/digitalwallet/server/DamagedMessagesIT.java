package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.messages.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever comes into a partition, the good messages behind it are posted. */
final class DamagedMessagesIT {

    private static final int TOPIC_BYTES = 1_450_000;
    private static final int PARTITION = 2;
    private static final String USER = "good-user";
    private static QueueFixture queue;

    @BeforeAll
    static void start() {
        queue = QueueFixture.start();
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @Test
    void every_kind_of_damage_becomes_a_dead_letter_and_the_good_ones_behind_it_are_posted() {
        var damaged = damaged();
        int good = 0;
        for (var each : damaged.values()) {
            queue.sendTo(PARTITION, Instant.now(), each);
            queue.sendTo(PARTITION, Instant.now(), of(deposit()));
            good++;
        }
        queue.awaitProcessed();

        var balance = queue.wallet().get("system", "/wallets/" + USER + "/balance");
        assertThat(balance.text("amount")).isEqualTo(good + ".00");
        // One that is refused while it is posted becomes a letter later than others behind it.
        var letters = new ArrayList<>(queue.letters().all());
        letters.sort(Comparator.comparingLong(DamagedMessagesIT::offset));
        assertThat(letters)
                .hasSize(damaged.size())
                .allSatisfy(
                        letter ->
                                assertThat(Letters.header(letter, "dead-topic"))
                                        .isEqualTo(Topic.COMMANDS.word()));
        // Each with what was wrong.
        var names = List.copyOf(damaged.keySet());
        for (int i = 0; i < names.size(); i++) {
            assertThat(Letters.header(letters.get(i), "dead-reason"))
                    .as(names.get(i))
                    .isEqualTo(names.get(i).split(":", -1)[0]);
        }
    }

    private static long offset(ConsumerRecord<byte[], byte[]> letter) {
        return Long.parseLong(Letters.header(letter, "dead-offset"));
    }

    /** By reason, and what is damaged. */
    private static Map<String, ProducerRecord<byte[], byte[]>> damaged() {
        var damaged = new LinkedHashMap<String, ProducerRecord<byte[], byte[]>>();
        damaged.putAll(new Forgeries(queue, USER).all());
        ofBytes(damaged);
        ofEnvelope(damaged);
        ofData(damaged);
        ofBatches(damaged);
        ofHeaders(damaged);
        return damaged;
    }

    private static void ofBytes(Map<String, ProducerRecord<byte[], byte[]>> damaged) {
        damaged.put("malformed_json: words", of("no json"));
        damaged.put("malformed_json: a list", of("[]"));
        damaged.put("malformed_json: half", of(deposit().substring(0, 100)));
        damaged.put("malformed_json: two", of(deposit() + deposit()));
        damaged.put("malformed_json: a byte order mark", of("\uFEFF" + deposit()));
        damaged.put("malformed_json: UTF-16", of(deposit().getBytes(UTF_16BE)));
        damaged.put("malformed_json: no UTF-8", of(new byte[] {'{', '"', (byte) 0xff}));
        damaged.put("malformed_json: zeros", of(new byte[1_000]));
        damaged.put("too_large: blanks", of(filled(' ', TOPIC_BYTES)));
        damaged.put("too_large: a long text", of(longText()));
        damaged.put("too_deep: lists", of("{\"a\":" + "[".repeat(50_000)));
    }

    private static void ofEnvelope(Map<String, ProducerRecord<byte[], byte[]>> damaged) {
        damaged.put(
                "wrong_specversion: none like it", changed("\"1.0\",\"type\"", "\"9\",\"type\""));
        damaged.put("missing_attribute: empty", of("{}"));
        damaged.put("unknown_type: another version", changed("command.v1", "command.v9"));
        damaged.put("invalid_attribute: a line break", changed("command.v1", "comm\\nand"));
        damaged.put("invalid_attribute: no time", changed("\"time\":\"2", "\"time\":\"x"));
        damaged.put("duplicate_field: a name twice", changed("{\"type\"", "{\"type\":1,\"type\""));
        damaged.put("invalid_identifier: no UUID", changed("\"id\":\"0", "\"id\":\"x"));
        damaged.put("invalid_data: a text", of(deposit().replaceAll("\\{\"type.*", "1}")));
    }

    private static void ofData(Map<String, ProducerRecord<byte[], byte[]>> damaged) {
        damaged.put("unknown_field: an escape", changed("\"user_id\"", "\"us\\u001b[2Jer\\n\""));
        damaged.put("amount_malformed: huge", changed("\"1.00\"", "1e99999999"));
        damaged.put("amount_precision: long", changed("\"1.00\"", "1." + "1".repeat(900_000)));
        damaged.put("amount_precision: fine", changed("1.00", "1.001"));
        damaged.put("amount_not_positive: none", changed("1.00", "0.00"));
        damaged.put("invalid_field: no such type", changed("\"deposit\"", "\"steal\""));
        damaged.put("not_queueable: a freeze", changed("\"deposit\"", "\"freeze\""));
        damaged.put("missing_field: no amount", changed("\"amount\":\"1.00\",", ""));
        damaged.put(
                "invalid_text: half a surrogate",
                changed("\"amount\"", "\"reason\":\"\\ud800\",\"amount\""));
        damaged.put(
                "invalid_identifier: a zero",
                changed("\"" + USER + "\",\"amount", "\"\\u0000\",\"amount"));
        damaged.put(
                "invalid_metadata: labels",
                changed("\"amount\"", "\"metadata\":" + labels() + ",\"amount\""));
    }

    private static void ofBatches(Map<String, ProducerRecord<byte[], byte[]>> damaged) {
        var id = id();
        damaged.put("id_taken: one id twice", batch(true, item(id, "1.00"), item(id, "1.00")));
        damaged.put("invalid_identifier: no id", batch(false, item("", "1.00")));
        damaged.put("invalid_field: no commands", batch(false));
        damaged.put("too_many_commands: atomic", batch(true, items(101)));
        damaged.put("too_many_commands: many", batch(false, items(1_001)));
        damaged.put(
                "amount_precision: one of many",
                batch(false, item(id(), "1.00"), item(id(), "1.001")));
    }

    private static void ofHeaders(Map<String, ProducerRecord<byte[], byte[]>> damaged) {
        var headers = new ArrayList<Header>();
        for (var name : List.of("dead-retried", "dead-reason", "dead-topic", "dead-offset")) {
            headers.add(new RecordHeader(name, "0".getBytes(UTF_8)));
        }
        damaged.put("malformed_json: a dead letter's headers", words(headers));
        var many = new ArrayList<Header>();
        for (int i = 0; i < 20_000; i++) {
            many.add(new RecordHeader("h", ByteBuffer.allocate(4).putInt(i).array()));
        }
        damaged.put("malformed_json: many headers", words(many));
        var large = List.<Header>of(new RecordHeader("h", new byte[TOPIC_BYTES]));
        damaged.put("malformed_json: a large header", words(large));
        damaged.put(
                "malformed_json: a large key", queue.signed("k".repeat(TOPIC_BYTES), "no json"));
    }

    /** What somebody with a known key wrote. */
    private static ProducerRecord<byte[], byte[]> of(String value) {
        return queue.signed(USER, value);
    }

    private static ProducerRecord<byte[], byte[]> of(byte[] value) {
        return queue.signed(USER, value);
    }

    private static ProducerRecord<byte[], byte[]> words(List<Header> headers) {
        var message = of("no json");
        headers.forEach(message.headers()::add);
        return message;
    }

    private static String deposit() {
        return queue.command(USER, "deposit", "1.00");
    }

    private static ProducerRecord<byte[], byte[]> changed(String from, String to) {
        var message = deposit();
        assertThat(message).contains(from);
        return of(message.replace(from, to));
    }

    private static ProducerRecord<byte[], byte[]> batch(boolean atomic, String... items) {
        return of(
                """
                {"specversion":"1.0","type":"wallet.command-batch.v1","source":"orders","id":"%s",\
                "time":"%s","datacontenttype":"application/json","data":{"atomic":%s,"commands":[%s]}}\
                """
                        .formatted(id(), Instant.now(), atomic, String.join(",", items)));
    }

    private static String item(String id, String amount) {
        return """
        {"id":"%s","type":"deposit","user_id":"%s","amount":"%s","initiated_by":"orders"}\
        """
                .formatted(id, USER, amount);
    }

    private static String[] items(int count) {
        var items = new String[count];
        Arrays.setAll(items, _ -> item(id(), "1.00"));
        return items;
    }

    private static String id() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static String labels() {
        var labels = new ArrayList<String>();
        for (int i = 0; i < 5_000; i++) {
            labels.add("\"l" + i + "\":\"v\"");
        }
        return "{" + String.join(",", labels) + "}";
    }

    private static String longText() {
        return deposit().replace("\"1.00\"", "\"" + "1".repeat(TOPIC_BYTES - 1_000) + "\"");
    }

    private static byte[] filled(char with, int bytes) {
        var filled = new byte[bytes];
        Arrays.fill(filled, (byte) with);
        return filled;
    }
}
