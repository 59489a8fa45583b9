package digitalwallet.payments.rest;

import digitalwallet.money.CurrencyCode;
import java.math.BigDecimal;

/**
 * The settings of the API.
 *
 * @param currency the one that is meant when a request names none
 * @param amountMax in major units of any currency
 */
public record RestSettings(CurrencyCode currency, BigDecimal amountMax) {}
