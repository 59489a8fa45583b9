package digitalwallet.server.queue;

import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.token.Role;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.messages.PaymentEvent;
import digitalwallet.messages.PaymentEvent.PayoutFailed;
import digitalwallet.messages.PaymentEvent.PayoutSucceeded;
import digitalwallet.messages.PaymentEvent.TopUpSucceeded;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.server.restored.Lost;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of what the payments service says in {@code payments.events}, signed with the key
 * that it shares with the wallet.
 */
final class PaymentReader {

    private static final int UUID_VERSION = 7;
    private static final int UUID_VARIANT = 2;

    private final DigestKey digestKey;
    private final AuthenticReader messages;
    private final Supplier<Lost> lost;

    /**
     * A reader.
     *
     * @param lost what books that were restored have lost, asked for with each message
     */
    PaymentReader(DigestKey digestKey, AuthenticReader messages, Supplier<Lost> lost) {
        this.digestKey = digestKey;
        this.messages = messages;
        this.lost = lost;
    }

    /**
     * The one command a payment asks for: its transaction has the event's id. Before the end of a
     * payout that the books have lost comes the payout itself, as it was.
     *
     * @throws MalformedCommandException when it cannot be understood
     */
    List<List<Command>> read(ConsumerRecord<byte[], byte[]> message) {
        try {
            var payment = PaymentEvent.read(messages.read(message).event());
            AuthenticReader.requireKey(message, payment.userId());
            requireIdentifiers(payment);
            requireNotRefused(payment);
            var payout = lost.get().payouts().get(payment.paymentId());
            var command = command(payment);
            return payout == null || payment instanceof TopUpSucceeded
                    ? List.of(List.of(command))
                    : List.of(List.of(payout), List.of(command));
        } catch (MalformedMessageException e) {
            throw new MalformedCommandException(e.reason().word(), e.sentence());
        } catch (ProblemException e) {
            throw new MalformedCommandException(e.code().word(), e.detail());
        } catch (InvalidAmountException e) {
            throw new MalformedCommandException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** What was refused once may have been paid back: it must not be credited now. */
    private void requireNotRefused(PaymentEvent payment) {
        if (lost.get().refused().contains(payment.id())) {
            throw new MalformedCommandException(
                    "refused_before_restore",
                    "the wallet refused this before its books were restored; never retry it, the"
                            + " money may have been paid back");
        }
    }

    /** The rules for what REST is told, too: what is in the books can be asked for there. */
    private static void requireIdentifiers(PaymentEvent payment) {
        var id = payment.id();
        if (id.version() != UUID_VERSION || id.variant() != UUID_VARIANT) {
            throw new MalformedCommandException("invalid_id", "the id is a UUID of version 7");
        }
        var _ = Identifiers.checked("user_id", payment.userId());
        switch (payment) {
            case TopUpSucceeded topUp -> {
                var _ = Identifiers.checked("initiated_by", topUp.initiatedBy());
                requireReference(topUp.bankTransactionId());
            }
            case PayoutSucceeded payout -> requireReference(payout.bankTransactionId());
            case PayoutFailed _ -> {}
        }
    }

    private static void requireReference(@Nullable String bankTransactionId) {
        if (bankTransactionId != null) {
            var _ = Identifiers.checked("bank_transaction_id", bankTransactionId);
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
