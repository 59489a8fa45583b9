package digitalwallet.payments.rest;

import digitalwallet.money.AmountLimits;
import digitalwallet.money.CurrencyCode;

/**
 * The settings of the API.
 *
 * @param currency the one that is meant when a request names none
 * @param amountMax what one payment moves at most
 */
public record RestSettings(CurrencyCode currency, AmountLimits amountMax) {}
