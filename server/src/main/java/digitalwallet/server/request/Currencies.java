package digitalwallet.server.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.money.CurrencyCode;

/** What currencies are called. */
public final class Currencies {

    private Currencies() {}

    /**
     * The currency of this code.
     *
     * @throws ProblemException when ISO 4217 has none
     */
    public static CurrencyCode of(String code) {
        return CurrencyCode.find(code)
                .orElseThrow(
                        () ->
                                ProblemException.ofField(
                                        ProblemCode.UNKNOWN_CURRENCY,
                                        "currency",
                                        "currency is none that is known: send a code of ISO 4217 in"
                                                + " capital letters"));
    }
}
