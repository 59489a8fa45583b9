package digitalwallet.gate.token;

import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.Kind;
import digitalwallet.process.settings.Variable;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The variables that say whose tokens are believed. */
public final class TokenVariables {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
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
                    "Where the issuer's public keys are; http only on this machine.");
    private static final Variable<Integer> TOKENS_CACHED_MAX =
            Variable.usual(
                    "TOKENS_CACHED_MAX",
                    Kind.number(0, 10_000_000),
                    "20000",
                    "Verified tokens that are remembered, each for 25 seconds.");

    /** All of them. */
    public static final List<Variable<?>> ALL =
            List.of(ISSUER, AUDIENCE, JWKS_URL, TOKENS_CACHED_MAX);

    private TokenVariables() {}

    /**
     * What they say.
     *
     * @throws InvalidSettingException when anybody between could put their own keys into the
     *     issuer's answer
     */
    public static TokenSettings read(Environment environment) {
        var jwks = environment.get(JWKS_URL);
        if ("http".equals(jwks.getScheme()) && !LOOPBACK.contains(String.valueOf(jwks.getHost()))) {
            throw environment.wrong(JWKS_URL, "an https address, or http on 127.0.0.1");
        }
        return new TokenSettings(
                environment.get(ISSUER),
                environment.get(AUDIENCE),
                jwks,
                environment.get(TOKENS_CACHED_MAX));
    }
}
