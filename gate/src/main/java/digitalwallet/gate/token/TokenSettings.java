package digitalwallet.gate.token;

import java.net.URI;

/**
 * Whose tokens are believed.
 *
 * @param issuer the claim {@code iss} must be this
 * @param audience the claim {@code aud} must contain this
 * @param jwks where the issuer's public keys are: an http(s) or a file address
 * @param cachedTokensMax how many verified tokens are remembered
 */
public record TokenSettings(String issuer, String audience, URI jwks, int cachedTokensMax) {}
