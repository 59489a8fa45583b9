package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.Topic;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pretends to be of the payments service makes no money; what is, obeys the rules. */
final class PaymentEventsIT {

    private static final MessageKeys STRANGER = new MessageKeys(new MessageKey(new byte[64]), null);
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
    void a_forged_payment_makes_no_money() {
        var user = TestWallet.somebody();
        var event = topUp(user, user, "77777.00");
        queue.send(
                new ProducerRecord<>(
                        Topic.PAYMENTS.word(), user.getBytes(UTF_8), event.getBytes(UTF_8)));
        queue.letters().assertLast("payments.events", user, "unsigned");
        queue.send(QueueFixture.signed(Topic.PAYMENTS, user, event, STRANGER));
        queue.letters().assertLast("payments.events", user, "bad_signature");
        // A producer of commands is none of payments, nor is the wallet's own key one.
        queue.send(
                QueueFixture.signed(
                        Topic.PAYMENTS,
                        user,
                        event,
                        queue.keys("WALLET_PRODUCERS_FILE", "orders.key")));
        queue.letters().assertLast("payments.events", user, "bad_signature");
        assertThat(queue.wallet().get("system", "/wallets/" + user).status()).isEqualTo(404);
        queue.send(ofPayments(user, event));
        Awaitility.await()
                .atMost(QueueFixture.PATIENCE)
                .until(
                        () ->
                                queue.wallet()
                                        .get("system", "/wallets/" + user + "/balance")
                                        .text("amount")
                                        .equals("77777.00"));
    }

    @ParameterizedTest
    @CsvSource({
        "user, 'a b', invalid_identifier",
        "user, '../etc', invalid_identifier",
        "amount, 1.001, amount_precision",
        "amount, -1.00, amount_not_positive",
        "amount, 0.00, amount_not_positive",
        "bank-1, 'bank 1', invalid_identifier",
        "app, 'a b', invalid_identifier",
        "key, other, wrong_key"
    })
    void a_payment_obeys_the_rules_of_rest(String what, String value, String reason) {
        var user = TestWallet.somebody();
        var event =
                topUp(
                                user,
                                what.equals("user") ? value : user,
                                what.equals("amount") ? value : "1.00")
                        .replace(what.contains("-") || what.equals("app") ? what : "{{", value);
        var key = what.equals("key") ? value + user : what.equals("user") ? value : user;
        queue.send(ofPayments(key, event));
        queue.letters().assertLast("payments.events", key, reason);
    }

    @Test
    void a_payment_whose_id_is_no_uuid_of_version_7_is_a_dead_letter() {
        var user = TestWallet.somebody();
        var event = topUp(user, user, "1.00");
        var id = event.replaceAll(".*?\"id\":\"([^\"]*)\".*", "$1");
        queue.send(ofPayments(user, event.replace(id, UuidCreator.getRandomBased().toString())));
        queue.letters().assertLast("payments.events", user, "invalid_id");
    }

    private static ProducerRecord<byte[], byte[]> ofPayments(String key, String event) {
        return QueueFixture.signed(
                Topic.PAYMENTS, key, event, queue.keys("WALLET_EVENT_KEY_FILE", "event-key"));
    }

    private static String topUp(String subject, String user, String amount) {
        return """
        {"specversion":"1.0","type":"payments.top-up.v1","source":"payments","id":"%s","time":"%s",\
        "subject":"%s","data":{"status":"succeeded","payment_id":"%s","user_id":"%s",\
        "amount":"%s","currency":"USD","bank_transaction_id":"bank-1-%s","initiated_by":"app"}}\
        """
                .formatted(
                        UuidCreator.getTimeOrderedEpoch(),
                        Instant.now(),
                        subject,
                        UuidCreator.getTimeOrderedEpoch(),
                        user,
                        amount,
                        UuidCreator.getRandomBased());
    }
}
