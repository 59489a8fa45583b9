package digitalwallet.server.rest;

import digitalwallet.money.CurrencyCode;
import java.util.regex.Pattern;

/**
 * How the API behaves.
 *
 * @param currency the currency that is meant where none is named
 * @param payoutMethods what a payout's method may be
 * @param idempotencyRequired whether money verbs need a key
 * @param bench whether the constant answer for benchmarks is there
 */
public record RestSettings(
        CurrencyCode currency, Pattern payoutMethods, boolean idempotencyRequired, boolean bench) {}
