package digitalwallet.ledger.scenario;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.scenario.Wallets.Request;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a line asks for. {@code []} may be left out; the currency is USD then.
 *
 * <pre>
 *   open USER [CURRENCY]
 *   USER deposits AMOUNT [CURRENCY] [bank REFERENCE]
 *   USER withdraws AMOUNT [CURRENCY]
 *   USER buys AMOUNT [CURRENCY] [order ORDER]
 *   refund USER AMOUNT [CURRENCY] [order ORDER] [purchase NAME]
 *   USER pays out AMOUNT [CURRENCY]
 *   settle USER AMOUNT [CURRENCY] payout NAME
 *   return USER AMOUNT [CURRENCY] payout NAME
 *   transfer USER -> USER AMOUNT [CURRENCY]
 *   freeze USER [debits | credits]
 *   unfreeze USER
 *   close USER [to USER]
 *   reopen USER
 * </pre>
 *
 * Each may be followed by {@code key KEY}.
 */
final class RequestReader {

    private static final UUID NEVER_MADE = new UUID(0x7000L, 0x8000000000000000L);

    private final String scope;
    private final Map<String, UUID> names;

    /**
     * @param scope is put before each user, key and bank reference
     * @param names of earlier transactions
     */
    RequestReader(String scope, Map<String, UUID> names) {
        this.scope = scope;
        this.names = names;
    }

    Request read(Words words) {
        var first = words.next();
        return switch (first) {
            case "open" -> open(words);
            case "refund" -> refund(words);
            case "settle" -> end(TransactionType.SETTLEMENT, words);
            case "return" -> end(TransactionType.REVERSAL, words);
            case "transfer" -> transfer(words);
            case "freeze" -> freeze(words);
            case "unfreeze" -> ofUser(TransactionType.UNFREEZE, words);
            case "close" -> close(words);
            case "reopen" -> ofUser(TransactionType.REOPEN, words);
            default -> byUser(first, words);
        };
    }

    private Request byUser(String user, Words words) {
        var verb = words.next();
        return switch (verb) {
            case "deposits" -> moved(TransactionType.DEPOSIT, user, words);
            case "withdraws" -> moved(TransactionType.WITHDRAW, user, words);
            case "buys" -> moved(TransactionType.PURCHASE, user, words);
            case "pays" -> {
                words.expect("out");
                yield moved(TransactionType.PAYOUT, user, words);
            }
            default -> throw new IllegalArgumentException("do not understand '" + verb + "'");
        };
    }

    private Request moved(TransactionType type, String user, Words words) {
        var amount = amount(words);
        var bank = words.skip("bank") ? scope + words.next() : null;
        var order = words.skip("order") ? words.next() : null;
        return new Request(
                type,
                scope + user,
                null,
                amount,
                amount.currency(),
                key(words),
                order,
                bank,
                null,
                null);
    }

    private Request open(Words words) {
        var user = scope + words.next();
        var currency = currency(words);
        return new Request(
                TransactionType.OPEN,
                user,
                null,
                null,
                currency,
                key(words),
                null,
                null,
                null,
                null);
    }

    private Request refund(Words words) {
        var user = scope + words.next();
        var amount = amount(words);
        var order = words.skip("order") ? words.next() : null;
        UUID purchase = null;
        if (words.skip("purchase")) {
            purchase = names.getOrDefault(words.next(), NEVER_MADE);
        }
        return new Request(
                TransactionType.REFUND,
                user,
                null,
                amount,
                amount.currency(),
                key(words),
                order,
                null,
                purchase,
                null);
    }

    private Request end(TransactionType type, Words words) {
        var user = scope + words.next();
        var amount = amount(words);
        words.expect("payout");
        var payout = names.getOrDefault(words.next(), NEVER_MADE);
        return new Request(
                type, user, null, amount, amount.currency(), key(words), null, null, payout, null);
    }

    private Request transfer(Words words) {
        var from = scope + words.next();
        words.expect("->");
        var to = scope + words.next();
        var amount = amount(words);
        return new Request(
                TransactionType.TRANSFER,
                from,
                to,
                amount,
                amount.currency(),
                key(words),
                null,
                null,
                null,
                null);
    }

    private Request freeze(Words words) {
        var user = scope + words.next();
        var status = AccountStatus.FROZEN;
        if (words.skip("debits")) {
            status = AccountStatus.DEBITS_FROZEN;
        } else if (words.skip("credits")) {
            status = AccountStatus.CREDITS_FROZEN;
        }
        return ofUser(TransactionType.FREEZE, user, words, status);
    }

    private Request close(Words words) {
        var user = scope + words.next();
        var to = words.skip("to") ? scope + words.next() : null;
        return new Request(
                TransactionType.CLOSE, user, to, null, null, key(words), null, null, null, null);
    }

    private Request ofUser(TransactionType type, Words words) {
        return ofUser(type, scope + words.next(), words, null);
    }

    private Request ofUser(
            TransactionType type, String user, Words words, @Nullable AccountStatus frozen) {
        return new Request(type, user, null, null, null, key(words), null, null, null, frozen);
    }

    private @Nullable String key(Words words) {
        return words.skip("key") ? scope + words.next() : null;
    }

    static Money amount(Words words) {
        var text = words.next();
        return Money.parse(text, currency(words));
    }

    static CurrencyCode currency(Words words) {
        return CurrencyCode.of(words.currencyIsNext() ? words.next() : "USD");
    }
}
