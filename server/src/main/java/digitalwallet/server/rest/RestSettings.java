package digitalwallet.server.rest;

import digitalwallet.money.CurrencyCode;

/**
 * How the API behaves.
 *
 * @param currency the currency that is meant where none is named
 * @param idempotencyRequired whether money verbs need a key
 * @param bench whether the constant answer for benchmarks is there
 */
public record RestSettings(CurrencyCode currency, boolean idempotencyRequired, boolean bench) {}
