package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did to one wallet, or that it was rejected, or that it was posted and touched
 * no wallet at all, as the settlement of a payout does.
 *
 * @param subject the wallet's user; of a transaction without a wallet, the user it concerns
 * @param wallet the wallet afterwards; null when no wallet was touched
 */
public record WalletEvent(String subject, Transaction transaction, @Nullable Wallet wallet) {

    /** Who publishes these events. */
    public static final String SOURCE = "wallet";

    /** Whether a transaction is in the books with effect. */
    public enum Status {
        POSTED("posted"),
        REJECTED("rejected");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word in JSON. */
        public String word() {
            return word;
        }

        private static Status of(String word) {
            for (var status : values()) {
                if (status.word.equals(word)) {
                    return status;
                }
            }
            throw DataReader.invalid("status", "posted or rejected");
        }
    }

    /**
     * The transaction, named as in the answers of the REST API.
     *
     * @param type deposit, withdrawal, transfer, payout and so on
     * @param amount decimal digits in major units; null for one that moves no money
     * @param currency ISO 4217; null for one that concerns all of a user's wallets
     * @param rejection why it was rejected; null when it was posted
     */
    public record Transaction(
            UUID id,
            String type,
            Status status,
            @Nullable String amount,
            @Nullable String currency,
            Parties parties,
            String initiatedBy,
            References references,
            Notes notes,
            @Nullable PayoutTarget payout,
            Instant createdAt,
            @Nullable Rejection rejection) {}

    /**
     * Why the transaction was rejected.
     *
     * @param code stable
     * @param facts the facts of the decision, amounts as decimal digits
     */
    public record Rejection(String code, SortedMap<String, String> facts) {
        /** Copies the facts. */
        public Rejection {
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }
    }

    /**
     * One wallet, after the transaction.
     *
     * @param version without a gap per wallet, from 1: a consumer that misses an event notices
     * @param amount what was added, negative when it was taken
     * @param status open, frozen and so on
     */
    public record Wallet(
            String userId,
            String currency,
            long version,
            String amount,
            String balanceAfter,
            String status) {}

    /** The event's id, the same however often it is published. */
    public String id() {
        return wallet == null
                ? transaction.id + ":" + transaction.status.word
                : transaction.id + ":" + wallet.userId + ":" + wallet.currency;
    }

    /** The record key. */
    public String key() {
        return subject;
    }

    /** As an envelope. */
    public CloudEvent toEvent() {
        var data =
                new JsonObject()
                        .put("transaction", WalletEventJson.write(transaction))
                        .put("wallet", wallet == null ? null : WalletEventJson.write(wallet));
        return CloudEvent.of(
                MessageType.TRANSACTION, SOURCE, id(), subject, transaction.createdAt, data);
    }

    /**
     * Reads one; fields it does not know are passed over.
     *
     * @throws MalformedMessageException when it is another message or lacks something
     */
    public static WalletEvent read(CloudEvent event) {
        event.require(MessageType.TRANSACTION);
        return WalletEventJson.read(event);
    }

    static Status status(String word) {
        return Status.of(word);
    }
}
