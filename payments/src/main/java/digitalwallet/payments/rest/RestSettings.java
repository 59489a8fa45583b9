package digitalwallet.payments.rest;

import digitalwallet.money.CurrencyCode;
import java.math.BigDecimal;
import java.net.URI;

/**
 * What the API is told.
 *
 * @param currency meant where a request names none
 * @param amountMax in major units of any currency
 * @param issuer the claim iss of tokens
 * @param audience what the claim aud of tokens contains
 * @param jwks where the issuer's public keys are: an http(s) or a file address
 */
public record RestSettings(
        CurrencyCode currency, BigDecimal amountMax, String issuer, String audience, URI jwks) {}
