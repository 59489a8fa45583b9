package digitalwallet.server.queue;

import digitalwallet.gate.token.Role;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.PaymentEvent;
import digitalwallet.messages.PaymentEvent.PayoutFailed;
import digitalwallet.messages.PaymentEvent.PayoutSucceeded;
import digitalwallet.messages.PaymentEvent.TopUpSucceeded;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of what the payments service says in {@code payments.events}. The broker decides
 * who may write there, as with commands.
 */
final class PaymentReader {

    private final DigestKey digestKey;

    PaymentReader(DigestKey digestKey) {
        this.digestKey = digestKey;
    }

    /**
     * The one command a payment asks for: its transaction has the event's id.
     *
     * @throws MalformedCommandException when it cannot be understood
     */
    List<List<Command>> read(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            throw new MalformedCommandException("no_value", "the message has no value");
        }
        try {
            return List.of(List.of(command(PaymentEvent.read(CloudEvent.read(message.value())))));
        } catch (MalformedMessageException e) {
            throw new MalformedCommandException(e.reason().word(), e.sentence());
        } catch (InvalidAmountException e) {
            throw new MalformedCommandException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private Command command(PaymentEvent payment) {
        var amount = amount(payment);
        return switch (payment) {
            case TopUpSucceeded topUp -> {
                var header = header(topUp, topUp.initiatedBy(), topUp.bankTransactionId());
                var deposit = new Command.Deposit(header, topUp.userId(), amount);
                yield deposit.withKey(
                        IdempotencyKey.of(
                                PaymentEvent.SOURCE,
                                topUp.paymentId().toString(),
                                deposit.fingerprint()));
            }
            case PayoutSucceeded payout ->
                    new Command.Settlement(
                            header(payout, PaymentEvent.SOURCE, payout.bankTransactionId()),
                            payout.userId(),
                            amount,
                            payout.paymentId());
            case PayoutFailed payout ->
                    new Command.Reversal(
                            header(payout, PaymentEvent.SOURCE, null),
                            payout.userId(),
                            amount,
                            payout.paymentId());
        };
    }

    private static Money amount(PaymentEvent payment) {
        var currency =
                CurrencyCode.find(payment.currency())
                        .orElseThrow(
                                () ->
                                        new MalformedCommandException(
                                                "unknown_currency", "there is no such currency"));
        return Money.parse(payment.amount(), currency);
    }

    private Command.Header header(
            PaymentEvent payment, String initiatedBy, @Nullable String bankTransactionId) {
        return new Command.Header(
                payment.id(),
                new Initiator(initiatedBy, PaymentEvent.SOURCE, Role.SYSTEM.word()),
                details(bankTransactionId),
                bankTransactionId == null ? null : digestKey.reference(bankTransactionId),
                null);
    }

    private static Details details(@Nullable String bankTransactionId) {
        return bankTransactionId == null
                ? Details.NONE
                : new Details(UUID.randomUUID(), bankTransactionId, null, null, new TreeMap<>());
    }
}
