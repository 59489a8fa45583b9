package digitalwallet.process.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables about money, for a process that moves money.
 *
 * @param currency the currency that is meant where none is named
 * @param amountMax the largest amounts, by currency
 */
public record MoneyVariables<C, L>(Variable<C> currency, Variable<L> amountMax) {

    /**
     * For a process.
     *
     * @param currencies finds a currency by its code
     * @param limits reads the largest amounts
     * @param moved what moves at most so much: "one command"
     */
    public static <C, L> MoneyVariables<C, L> of(
            Function<String, Optional<C>> currencies,
            Function<String, Optional<L>> limits,
            String moved) {
        return new MoneyVariables<>(
                Variable.usual(
                        "CURRENCY",
                        new Kind<>("a currency of ISO 4217", currencies),
                        "USD",
                        "What is meant where a request names no currency."),
                Variable.usual(
                        "AMOUNT_MAX",
                        new Kind<>(
                                "amounts with currencies of ISO 4217, such as"
                                        + " USD:1000.00,JPY:150000",
                                limits),
                        "USD:1000000000.00",
                        "The most that "
                                + moved
                                + " moves, in major units, by currency; an amount without a"
                                + " currency is for all that are not named. Without one it is about"
                                + " a billion dollars' worth."));
    }

    /** All of them. */
    public List<Variable<?>> all() {
        return List.of(currency, amountMax);
    }
}
