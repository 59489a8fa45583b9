package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody writes to the broker who should not has no effect, and is found. */
final class AuthenticIT {

    private static final String PRODUCERS = "WALLET_PRODUCERS_FILE";
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
    void a_command_that_nobody_signed_is_a_dead_letter_and_an_alarm() {
        var user = TestWallet.somebody();
        var alarms = alarms("unsigned");
        queue.send(unsigned(Topic.COMMANDS, user, queue.command(user, "deposit", "1.00")));
        assertRefused(user, "unsigned");
        assertThat(alarms("unsigned")).isGreaterThan(alarms);
    }

    @Test
    void the_wallets_own_command_without_its_signature_has_no_privileges() {
        var user = TestWallet.somebody();
        var command =
                queue.command(user, "deposit", "1.00")
                        .replace("\"orders\",\"id", "\"wallet\",\"id")
                        .replace(
                                "\"subject\"",
                                "\"callerid\":\"boss\",\"callerrole\":\"admin\",\"subject\"");
        queue.send(unsigned(Topic.COMMANDS, user, command));
        assertRefused(user, "unsigned");
        queue.send(user, command);
        assertRefused(user, "wrong_source");
    }

    @Test
    void an_altered_command_is_a_dead_letter_and_an_alarm() {
        var user = TestWallet.somebody();
        var alarms = alarms("bad_signature");
        var signed = queue.signed(user, queue.command(user, "deposit", "1.00"));
        var value = new String(signed.value(), UTF_8).replace("1.00", "9.00").getBytes(UTF_8);
        queue.send(
                new ProducerRecord<>(
                        signed.topic(), (Integer) null, signed.key(), value, signed.headers()));
        assertRefused(user, "bad_signature");
        assertThat(alarms("bad_signature")).isGreaterThan(alarms);
    }

    @Test
    void a_command_under_the_key_of_another_user_or_none_is_a_dead_letter() {
        var user = TestWallet.somebody();
        queue.send("bob", queue.command(user, "deposit", "1.00"));
        assertRefused(user, "wrong_key");
        queue.send(user, transfer(TestWallet.somebody(), user));
        assertRefused(user, "wrong_key");
        var signed = queue.signed(user, queue.command(user, "deposit", "1.00"));
        queue.send(
                new ProducerRecord<>(
                        signed.topic(),
                        (Integer) null,
                        (byte[]) null,
                        signed.value(),
                        signed.headers()));
        assertRefused(user, "bad_signature");
    }

    @ParameterizedTest
    @CsvSource({
        "wallet.commands, true",
        "wallet.commands, false",
        "payments.events, true",
        "payments.events, false"
    })
    void an_empty_message_is_a_dead_letter(String topic, boolean tombstone) {
        var user = TestWallet.somebody();
        var value = tombstone ? null : new byte[0];
        queue.send(new ProducerRecord<>(topic, user.getBytes(UTF_8), value));
        queue.letters().assertLast(topic, user, "no_value");
    }

    @Test
    void a_producer_sends_what_the_registry_allows_it() throws IOException {
        var key = registry().add("till-1", List.of("purchase"), Map.of("USD", "5.00"));
        var keys = new MessageKeys(new MessageKey(Files.readAllBytes(key)), null);
        var user = queue.wallet().aWalletWith("100.00");
        // The server follows by itself.
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .until(
                        () -> {
                            queue.send(ofTill(keys, user, "purchase", "5.00"));
                            queue.awaitProcessed();
                            return !balance(user).equals("100.00");
                        });
        var before = balance(user);
        queue.send(ofTill(keys, user, "deposit", "1.00"));
        queue.letters().assertLast("wallet.commands", user, "not_allowed");
        queue.send(ofTill(keys, user, "purchase", "5.01"));
        queue.letters().assertLast("wallet.commands", user, "not_allowed");
        queue.send(
                QueueFixture.signed(
                        Topic.COMMANDS,
                        user,
                        till(user, "purchase", "1.00").replace("\"USD\"", "\"EUR\""),
                        keys));
        queue.letters().assertLast("wallet.commands", user, "not_allowed");
        queue.send(
                QueueFixture.signed(
                        Topic.COMMANDS, user, queue.command(user, "purchase", "1.00"), keys));
        queue.letters().assertLast("wallet.commands", user, "wrong_source");
        assertThat(balance(user)).isEqualTo(before);
    }

    @Test
    void a_token_that_was_not_made_for_a_transaction_hides_nothing() {
        var wallet = queue.wallet();
        var user = wallet.aWalletWith("1.00");
        var asynchronous = Map.of("Prefer", "respond-async");
        var order = TestWallet.deposit(user, "1.00");
        var queued = wallet.post("system", "/deposit", order, asynchronous);
        var location = Objects.requireNonNull(queued.header("Location"));
        var token = location.replaceFirst(".*queued=", "");
        var zeros = "A".repeat(59);
        for (var forged : List.of(token, zeros, "B" + token.substring(1), "nonsense", "")) {
            var path = "/transactions/" + UuidCreator.getTimeOrderedEpoch() + "?queued=" + forged;
            assertThat(wallet.get("system", path).code()).isEqualTo("transaction_not_found");
        }
        queue.awaitProcessed();
        assertThat(wallet.get("system", location).text("status")).isEqualTo("posted");
    }

    @Test
    void a_rotated_key_signs_and_the_one_before_is_believed_until_the_producer_is_removed()
            throws IOException {
        var registry = registry();
        var key = registry.add("till-2", List.of("deposit"), Map.of("USD", "5.00"));
        var old = new MessageKeys(new MessageKey(Files.readAllBytes(key)), null);
        registry.rotate("till-2");
        var now = new MessageKeys(new MessageKey(Files.readAllBytes(key)), null);
        var user = TestWallet.somebody();
        untilPosted(user, now, "1.00");
        untilPosted(user, old, "2.00");
        registry.remove("till-2");
        // The server follows within a second or so; what comes before is posted.
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .until(() -> lettersAfter(user, now, "0.01") > 0);
        queue.letters().assertLast("wallet.commands", user, "bad_signature");
    }

    private static void assertRefused(String user, String reason) {
        queue.letters().assertLast("wallet.commands", null, reason);
        assertThat(queue.wallet().get("system", "/wallets/" + user).status()).isEqualTo(404);
    }

    private static ProducerRecord<byte[], byte[]> unsigned(
            Topic topic, String user, String message) {
        return new ProducerRecord<>(topic.word(), user.getBytes(UTF_8), message.getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> ofTill(
            MessageKeys keys, String user, String type, String amount) {
        return QueueFixture.signed(Topic.COMMANDS, user, till(user, type, amount), keys);
    }

    private static String till(String user, String type, String amount) {
        return queue.command(user, type, amount)
                .replace("\"source\":\"orders\"", "\"source\":\"till-1\"")
                .replace("\"initiated_by\"", "\"currency\":\"USD\",\"initiated_by\"");
    }

    private static String till2(String user, String amount) {
        return queue.command(user, "deposit", amount)
                .replace("\"source\":\"orders\"", "\"source\":\"till-2\"");
    }

    private static void untilPosted(String user, MessageKeys keys, String amount) {
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .until(() -> lettersAfter(user, keys, amount) == 0);
    }

    /** How many dead letters come of a deposit that is signed with these keys. */
    private static long lettersAfter(String user, MessageKeys keys, String amount) {
        long before = queue.letters().count();
        queue.send(QueueFixture.signed(Topic.COMMANDS, user, till2(user, amount), keys));
        queue.awaitProcessed();
        return queue.letters().count() - before;
    }

    private static String transfer(String from, String to) {
        return queue.command(from, "transfer", "1.00")
                .replace(
                        "\"user_id\":\"" + from + "\"",
                        "\"from_user_id\":\"%s\",\"to_user_id\":\"%s\"".formatted(from, to));
    }

    private static String balance(String user) {
        return queue.wallet().get("system", "/wallets/" + user + "/balance").text("amount");
    }

    /** How many dead letters this server has kept for this reason. */
    private static double alarms(String reason) {
        return queue.wallet().metric("wallet_queue_dead_letters_total{reason=\"" + reason + "\"}");
    }

    private static ProducerRegistry registry() {
        var file = Path.of(queue.wallet().environment().get(PRODUCERS));
        return ProducerRegistry.in(Objects.requireNonNull(file.getParent()));
    }
}
