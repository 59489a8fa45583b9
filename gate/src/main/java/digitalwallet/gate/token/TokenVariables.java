package digitalwallet.gate.token;

import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.Kind;
import digitalwallet.process.settings.Variable;
import java.net.URI;
import java.util.List;

/** The variables that say whose tokens are believed. */
public final class TokenVariables {

    private static final Variable<String> ISSUER =
            Variable.required(
                    "ISSUER", Kind.text(), "Who issues the callers' tokens: their claim iss.");
    private static final Variable<String> AUDIENCE =
            Variable.required(
                    "AUDIENCE", Kind.text(), "For whom tokens are issued: their claim aud has it.");
    private static final Variable<URI> JWKS_URL =
            Variable.required(
                    "JWKS_URL",
                    Kind.address("http", "https", "file"),
                    "Where the issuer's public keys are.");
    private static final Variable<Integer> TOKENS_CACHED_MAX =
            Variable.usual(
                    "TOKENS_CACHED_MAX",
                    Kind.number(0, 10_000_000),
                    "20000",
                    "Verified tokens that are remembered until they expire.");

    /** All of them. */
    public static final List<Variable<?>> ALL =
            List.of(ISSUER, AUDIENCE, JWKS_URL, TOKENS_CACHED_MAX);

    private TokenVariables() {}

    /** What they say. */
    public static TokenSettings read(Environment environment) {
        return new TokenSettings(
                environment.get(ISSUER),
                environment.get(AUDIENCE),
                environment.get(JWKS_URL),
                environment.get(TOKENS_CACHED_MAX));
    }
}
