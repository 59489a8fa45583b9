package digitalwallet.process.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables about money, for a process that moves money.
 *
 * @param currency the currency that is meant where none is named
 * @param amountMax the largest amount, in major units of any currency
 */
public record MoneyVariables<C>(Variable<C> currency, Variable<BigDecimal> amountMax) {

    /**
     * For a process.
     *
     * @param currencies finds a currency by its code
     * @param moved what moves at most so much: "one command"
     */
    public static <C> MoneyVariables<C> of(Function<String, Optional<C>> currencies, String moved) {
        return new MoneyVariables<>(
                Variable.usual(
                        "CURRENCY",
                        new Kind<>("a currency of ISO 4217", currencies),
                        "USD",
                        "What is meant where a request names no currency."),
                Variable.usual(
                        "AMOUNT_MAX",
                        Kind.amount(),
                        "1000000000.00",
                        "The most that " + moved + " moves, in major units of any currency."));
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(currency, amountMax);
    }
}
