package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.UUID;

/** Why the books say no, with the facts. Stored by code and facts, so both are contract. */
public sealed interface Rejection {

    /** More than one command may move. */
    record AmountTooLarge(Money largest) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("largest", largest);
        }
    }

    /** A transfer to oneself. */
    record SameWallet() implements Rejection {}

    /** Nobody has opened a wallet for this user. */
    record WalletNotFound(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** The wallet has been closed. */
    record WalletClosed(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** A freeze forbids it. */
    record WalletFrozen(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** The user is known, but has no wallet in this currency. */
    record CurrencyMismatch(String userId, CurrencyCode currency) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId).in(currency);
        }
    }

    /** This bank transaction has been credited before. */
    record BankTransactionAlreadyUsed() implements Rejection {}

    /** The user has paid for this order before, and orders are paid for once. */
    record OrderAlreadyPaid(UUID originalTransactionId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("original_transaction_id", originalTransactionId);
        }
    }

    /** The purchase to refund is not one of this wallet. */
    record PurchaseNotFound() implements Rejection {}

    /** More than is left of what was paid. */
    record RefundExceedsPurchase(Money refundable, Money required) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("refundable", refundable).and("required", required);
        }
    }

    /** More purchases than one refund may draw on. */
    record TooManyPurchases(Money refundable, Money required) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("refundable", refundable).and("required", required);
        }
    }

    /** A user's transfer to somebody who cannot receive, for a reason that is not the user's. */
    record ReceiverUnavailable() implements Rejection {}

    /** The wallet holds less. */
    record InsufficientFunds(Money available, Money required) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("available", available).and("required", required);
        }
    }

    /** The balance would not fit into the books. */
    record BalanceTooLarge() implements Rejection {}

    /** The wallet to open is open already. */
    record WalletExists(String userId, CurrencyCode currency) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId).in(currency);
        }
    }

    /** The same freeze is in force already. */
    record WalletAlreadyFrozen(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** There is no freeze to end. */
    record WalletNotFrozen(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** Only a closed wallet can be reopened. */
    record WalletNotClosed(String userId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.ofUser(userId);
        }
    }

    /** A wallet with money cannot be closed. */
    record BalanceNotZero(Money balance) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("balance", balance);
        }
    }

    /** A payout of the user is on its way and may come back. */
    record PayoutInTransit(UUID payoutId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("payout_id", payoutId);
        }
    }

    /** Queued again under a key whose first command has its outcome already. */
    record Duplicate(UUID originalTransactionId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("original_transaction_id", originalTransactionId);
        }
    }

    /** Queued under a key that belongs to another request. */
    record IdempotencyKeyReused() implements Rejection {}

    /** Queued together with a command that was rejected. */
    record GroupFailed(UUID failedTransactionId) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("failed_transaction_id", failedTransactionId);
        }
    }

    /** The payout to end is not one of this user with this amount. */
    record PayoutNotFound() implements Rejection {}

    /** The payout has been settled or has come back. */
    record PayoutAlreadyEnded(UUID endedBy) implements Rejection {
        @Override
        public Facts facts() {
            return Facts.of("ended_by", endedBy);
        }
    }

    /** The stable code, the same in the books and in answers. */
    default String code() {
        return switch (this) {
            case AmountTooLarge _ -> "amount_too_large";
            case SameWallet _ -> "same_wallet";
            case WalletNotFound _ -> "wallet_not_found";
            case WalletClosed _ -> "wallet_closed";
            case WalletFrozen _ -> "wallet_frozen";
            case CurrencyMismatch _ -> "currency_mismatch";
            case BankTransactionAlreadyUsed _ -> "bank_transaction_already_used";
            case OrderAlreadyPaid _ -> "order_already_paid";
            case PurchaseNotFound _ -> "purchase_not_found";
            case RefundExceedsPurchase _ -> "refund_exceeds_purchase";
            case TooManyPurchases _ -> "too_many_purchases";
            case ReceiverUnavailable _ -> "receiver_unavailable";
            case InsufficientFunds _ -> "insufficient_funds";
            case BalanceTooLarge _ -> "balance_too_large";
            case WalletExists _ -> "wallet_exists";
            case WalletAlreadyFrozen _ -> "wallet_already_frozen";
            case WalletNotFrozen _ -> "wallet_not_frozen";
            case WalletNotClosed _ -> "wallet_not_closed";
            case BalanceNotZero _ -> "balance_not_zero";
            case PayoutInTransit _ -> "payout_in_transit";
            case Duplicate _ -> "duplicate";
            case IdempotencyKeyReused _ -> "idempotency_key_reused";
            case GroupFailed _ -> "group_failed";
            case PayoutNotFound _ -> "payout_not_found";
            case PayoutAlreadyEnded _ -> "payout_already_ended";
        };
    }

    /** What it was decided by. */
    default Facts facts() {
        return Facts.NONE;
    }
}
