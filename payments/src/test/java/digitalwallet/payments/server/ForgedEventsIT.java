package digitalwallet.payments.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.Message;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nobody but the wallet makes the provider pay. */
final class ForgedEventsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void a_forged_payout_is_never_paid_and_is_counted() {
        try (var payments = TestPayments.running(Map.of())) {
            var wallet = payments.wallet();
            // One after the other in the partition of one user: once the last is paid, all are
            // read.
            var unsigned = FakeWallet.newId();
            var record = wallet.signed(message(payout(unsigned)));
            wallet.send(new ProducerRecord<>(record.topic(), record.key(), record.value()));

            var stranger = new MessageKeys(new MessageKey(new byte[64]), null);
            var signedByOther = FakeWallet.newId();
            wallet.send(stranger.sign(Topic.TRANSACTIONS, message(payout(signedByOther))));

            var altered = FakeWallet.newId();
            var honest = wallet.signed(message(payout(altered)));
            var value = new String(honest.value(), UTF_8).replace("1.00", "77777.00");
            wallet.send(
                    new ProducerRecord<>(
                            honest.topic(),
                            (Integer) null,
                            honest.key(),
                            value.getBytes(UTF_8),
                            honest.headers()));

            var elsewhere = FakeWallet.newId();
            var event = payout(elsewhere).toEvent();
            wallet.send(wallet.signed(Message.of("bob", event)));
            var empty = new ProducerRecord<>(record.topic(), record.key(), record.value());
            empty.headers().add(Message.SIGNATURE_HEADER, null);
            wallet.send(empty);
            wallet.send(new ProducerRecord<>(record.topic(), record.key(), null));
            wallet.send(new ProducerRecord<>(record.topic(), record.key(), new byte[0]));

            assertNeverKnown(payments, unsigned, signedByOther, altered, elsewhere);
        }
    }

    /** What follows the forged ones in their partition is paid, and they are not. */
    private static void assertNeverKnown(TestPayments payments, UUID... forged) {
        var paid = FakeWallet.newId();
        payments.wallet().withdraw(paid, "alice", "1.00", "sandbox:ok");
        Awaitility.await().atMost(PATIENCE).until(() -> isKnown(payments, paid));
        for (var each : forged) {
            assertThat(isKnown(payments, each)).as(each.toString()).isFalse();
        }
        assertThat(payments.malformed("unsigned")).isEqualTo(1);
        assertThat(payments.malformed("bad_signature")).isEqualTo(3);
        assertThat(payments.malformed("no_value")).isEqualTo(2);
        Awaitility.await().atMost(PATIENCE).until(() -> payments.malformed("wrong_key") == 1);
    }

    private static boolean isKnown(TestPayments payments, UUID id) {
        return !payments.query("SELECT 1 FROM payments.payment WHERE id = '" + id + "'").isEmpty();
    }

    private static WalletEvent payout(UUID id) {
        return FakeWallet.payout(id, "alice", "1.00", "sandbox:ok");
    }

    private static Message message(WalletEvent event) {
        return Message.of(event.key(), event.toEvent());
    }
}
