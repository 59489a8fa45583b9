package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody wants done. Amounts are positive. The Decider decides whether it may be done. */
public sealed interface Command {

    /**
     * What every command carries.
     *
     * @param transactionId UUIDv7, chosen by the maker of the command
     * @param bankReference keyed digest of the details' bank transaction id; null without one
     * @param key null when the caller gave none
     */
    record Header(
            UUID transactionId,
            Initiator initiator,
            Details details,
            @Nullable UUID bankReference,
            @Nullable IdempotencyKey key) {

        /** The same with another key. */
        public Header withKey(@Nullable IdempotencyKey other) {
            return new Header(transactionId, initiator, details, bankReference, other);
        }
    }

    /** Money from the bank into a wallet; opens the wallet. */
    record Deposit(Header header, String userId, Money amount) implements Command {}

    /** Money from a wallet to the bank. */
    record Withdraw(Header header, String userId, Money amount) implements Command {}

    /** Money from a wallet to the shop. */
    record Purchase(Header header, String userId, Money amount, @Nullable String orderId)
            implements Command {}

    /**
     * Money from the shop back into a wallet.
     *
     * @param orderId the order whose purchases it refunds, oldest first, or null
     * @param purchaseId the one purchase it refunds, or null
     */
    record Refund(
            Header header,
            String userId,
            Money amount,
            @Nullable String orderId,
            @Nullable UUID purchaseId)
            implements Command {}

    /** Money from one wallet to another in the same currency. */
    record Transfer(Header header, String fromUserId, String toUserId, Money amount)
            implements Command {}

    /** A wallet in one currency. */
    record Open(Header header, String userId, CurrencyCode currency) implements Command {}

    /**
     * Holds a user's money still, in all currencies.
     *
     * @param frozen one of the frozen statuses
     */
    record Freeze(Header header, String userId, AccountStatus frozen) implements Command {}

    /** Ends a freeze. */
    record Unfreeze(Header header, String userId) implements Command {}

    /**
     * Ends a user's wallet until it is reopened; its balances must be zero.
     *
     * @param sweepTo the user who gets what is left of them before; null when nothing may be left
     */
    record Close(Header header, String userId, @Nullable String sweepTo) implements Command {

        /** Of a wallet that must be empty. */
        public Close(Header header, String userId) {
            this(header, userId, null);
        }
    }

    /** Makes a closed wallet one that is open again: something is still owed to the user. */
    record Reopen(Header header, String userId) implements Command {}

    /** Money from a wallet on its way to the bank, until it is settled or comes back. */
    record Payout(Header header, String userId, Money amount) implements Command {}

    /**
     * A payout has reached the bank; touches no wallet.
     *
     * @param payoutId the payout that ends, of this user and with this amount
     */
    record Settlement(Header header, String userId, Money amount, UUID payoutId)
            implements Command {}

    /**
     * A payout comes back into the wallet, whatever its status: it is the user's money.
     *
     * @param payoutId the payout that ends, of this user and with this amount
     */
    record Reversal(Header header, String userId, Money amount, UUID payoutId) implements Command {}

    /** What every command carries. */
    Header header();

    /** The transaction this command becomes. */
    default UUID id() {
        return header().transactionId();
    }

    /** The user whose money moves; the sender of a transfer. */
    default String user() {
        return switch (this) {
            case Deposit c -> c.userId();
            case Withdraw c -> c.userId();
            case Purchase c -> c.userId();
            case Refund c -> c.userId();
            case Transfer c -> c.fromUserId();
            case Open c -> c.userId();
            case Freeze c -> c.userId();
            case Unfreeze c -> c.userId();
            case Close c -> c.userId();
            case Reopen c -> c.userId();
            case Payout c -> c.userId();
            case Settlement c -> c.userId();
            case Reversal c -> c.userId();
        };
    }

    /** What it does. */
    default TransactionType type() {
        return switch (this) {
            case Deposit _ -> TransactionType.DEPOSIT;
            case Withdraw _ -> TransactionType.WITHDRAW;
            case Purchase _ -> TransactionType.PURCHASE;
            case Refund _ -> TransactionType.REFUND;
            case Transfer _ -> TransactionType.TRANSFER;
            case Open _ -> TransactionType.OPEN;
            case Freeze _ -> TransactionType.FREEZE;
            case Unfreeze _ -> TransactionType.UNFREEZE;
            case Close _ -> TransactionType.CLOSE;
            case Reopen _ -> TransactionType.REOPEN;
            case Payout _ -> TransactionType.PAYOUT;
            case Settlement _ -> TransactionType.SETTLEMENT;
            case Reversal _ -> TransactionType.REVERSAL;
        };
    }

    /** The amount that moves, or null where none does. */
    default @Nullable Money movedAmount() {
        return switch (this) {
            case Deposit c -> c.amount();
            case Withdraw c -> c.amount();
            case Purchase c -> c.amount();
            case Refund c -> c.amount();
            case Transfer c -> c.amount();
            case Payout c -> c.amount();
            case Settlement c -> c.amount();
            case Reversal c -> c.amount();
            case Open _, Freeze _, Unfreeze _, Close _, Reopen _ -> null;
        };
    }

    /** The same command under another key. */
    default Command withKey(@Nullable IdempotencyKey key) {
        var header = header().withKey(key);
        return switch (this) {
            case Deposit c -> new Deposit(header, c.userId(), c.amount());
            case Withdraw c -> new Withdraw(header, c.userId(), c.amount());
            case Purchase c -> new Purchase(header, c.userId(), c.amount(), c.orderId());
            case Refund c ->
                    new Refund(header, c.userId(), c.amount(), c.orderId(), c.purchaseId());
            case Transfer c -> new Transfer(header, c.fromUserId(), c.toUserId(), c.amount());
            case Open c -> new Open(header, c.userId(), c.currency());
            case Freeze c -> new Freeze(header, c.userId(), c.frozen());
            case Unfreeze c -> new Unfreeze(header, c.userId());
            case Close c -> new Close(header, c.userId(), c.sweepTo());
            case Reopen c -> new Reopen(header, c.userId());
            case Payout c -> new Payout(header, c.userId(), c.amount());
            case Settlement c -> new Settlement(header, c.userId(), c.amount(), c.payoutId());
            case Reversal c -> new Reversal(header, c.userId(), c.amount(), c.payoutId());
        };
    }

    /**
     * Digest of what the command means, whoever sends it and whenever: its transaction id, salt,
     * role and key are left out.
     */
    default UUID fingerprint() {
        var digest = new Digest().number(type().number()).text(user());
        var amount = movedAmount();
        if (amount != null) {
            digest.text(amount.currency().code()).number(amount.minorUnits());
        }
        switch (this) {
            case Deposit _, Withdraw _, Unfreeze _, Reopen _, Payout _ -> {}
            case Close c -> {
                // Without it, the fingerprint is the one that was kept before there was any.
                if (c.sweepTo() != null) {
                    digest.text(c.sweepTo());
                }
            }
            case Purchase c -> digest.text(c.orderId());
            case Refund c -> digest.text(c.orderId()).id(c.purchaseId());
            case Transfer c -> digest.text(c.toUserId());
            case Open c -> digest.text(c.currency().code());
            case Freeze c -> digest.number(c.frozen().number());
            case Settlement c -> digest.id(c.payoutId());
            case Reversal c -> digest.id(c.payoutId());
        }
        return digest.text(header().initiator().initiatedBy())
                .bytes(header().details().encoded())
                .toId();
    }
}
