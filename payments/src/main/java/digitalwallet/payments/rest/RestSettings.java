package digitalwallet.payments.rest;

import digitalwallet.money.CurrencyCode;
import java.math.BigDecimal;

/**
 * What the API is told.
 *
 * @param currency meant where a request names none
 * @param amountMax in major units of any currency
 */
public record RestSettings(CurrencyCode currency, BigDecimal amountMax) {}
