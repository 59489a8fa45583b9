package digitalwallet.ledger.scenario;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wallet as a scenario talks to it, whatever is behind it. */
public interface Wallets {

    /**
     * What a scenario asks for.
     *
     * @param amount null where none is named
     * @param currency null where none is named
     * @param purchaseId the purchase of a refund, or the payout that ends; otherwise null
     * @param frozen the status a freeze asks for, otherwise null
     */
    record Request(
            TransactionType type,
            String userId,
            @Nullable String toUserId,
            @Nullable Money amount,
            @Nullable CurrencyCode currency,
            @Nullable String key,
            @Nullable String orderId,
            @Nullable String bankTransactionId,
            @Nullable UUID purchaseId,
            @Nullable AccountStatus frozen) {}

    /**
     * What became of one request.
     *
     * @param transactionId null when nothing is remembered of it
     * @param word {@code posted}, {@code rejected CODE} or {@code key reused}
     * @param facts of a rejection; amounts in major units
     * @param balance of the user right after, in major units; null where none is told
     */
    record Answer(
            @Nullable UUID transactionId,
            String word,
            boolean replayed,
            Map<String, String> facts,
            @Nullable String balance) {}

    /**
     * What became of requests that are posted together or not at all.
     *
     * @param failedIndex from 0; -1 when all were posted
     */
    record GroupAnswer(List<Answer> answers, int failedIndex) {}

    /** Asks for one thing and waits for the answer. */
    Answer send(Request request);

    /**
     * Asks for all or nothing and waits for the answer.
     *
     * @param key covers the whole group; null when there is none
     */
    GroupAnswer sendTogether(List<Request> requests, @Nullable String key);

    /** What the user has in this currency; empty when there is no such wallet. */
    Optional<Money> balance(String userId, CurrencyCode currency);
}
