package digitalwallet.ledger;

import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a rejection was decided by: values by name, in order. They become texts only where they
 * leave: in an answer, an event, a stored row.
 */
public record Facts(Map<String, Fact> byName) {

    /** Nothing more is to be said. */
    public static final Facts NONE = new Facts(Map.of());

    /** One value. */
    public sealed interface Fact {

        /** An amount; its currency is written beside it, once. */
        record Amount(Money amount) implements Fact {}

        /** A currency. */
        record Currency(CurrencyCode currency) implements Fact {}

        /** A user. */
        record User(String userId) implements Fact {}

        /** A transaction. */
        record Id(UUID transactionId) implements Fact {}
    }

    static Facts of(String name, Money amount) {
        return NONE.and(name, new Fact.Amount(amount));
    }

    static Facts of(String name, UUID transactionId) {
        return NONE.and(name, new Fact.Id(transactionId));
    }

    static Facts ofUser(String userId) {
        return NONE.and("user_id", new Fact.User(userId));
    }

    Facts and(String name, Money amount) {
        return and(name, new Fact.Amount(amount));
    }

    Facts in(CurrencyCode currency) {
        return and("currency", new Fact.Currency(currency));
    }

    private Facts and(String name, Fact fact) {
        var all = new LinkedHashMap<>(byName);
        all.put(name, fact);
        return new Facts(all);
    }

    /**
     * The facts as texts by name, in order.
     *
     * @param amounts how an amount is written; its currency follows under {@code currency}
     */
    public Map<String, String> texts(Function<Money, String> amounts) {
        var texts = new LinkedHashMap<String, String>();
        byName.forEach(
                (name, fact) -> {
                    switch (fact) {
                        case Fact.Amount(var amount) -> {
                            texts.put(name, amounts.apply(amount));
                            texts.put("currency", amount.currency().code());
                        }
                        case Fact.Currency(var currency) -> texts.put(name, currency.code());
                        case Fact.User(var userId) -> texts.put(name, userId);
                        case Fact.Id(var transactionId) ->
                                texts.put(name, transactionId.toString());
                    }
                });
        return texts;
    }
}
