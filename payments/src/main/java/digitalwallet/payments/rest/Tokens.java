package digitalwallet.payments.rest;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies tokens of one issuer, whose public keys are at an address or in a file. */
final class Tokens {

    private static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(5);

    private Tokens() {}

    static JwtDecoder decoder(RestSettings settings) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(asymmetric(), keys(settings.jwks())));
        // The claims are verified below.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(claims(settings));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> claims(RestSettings settings) {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(CLOCK_SKEW_MAX),
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<Object>("exp", expiry -> expiry != null),
                new JwtClaimValidator<String>("sub", Tokens::isId),
                new JwtClaimValidator<java.util.List<String>>(
                        "aud", aud -> aud != null && aud.contains(settings.audience())));
    }

    private static boolean isId(String subject) {
        return subject != null
                && !subject.isEmpty()
                && subject.length() <= 255
                && subject.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static JWKSource<SecurityContext> keys(URI jwks) {
        try {
            return "file".equals(jwks.getScheme())
                    ? JWKSourceBuilder.create(new KeyFile(Path.of(jwks))).build()
                    : JWKSourceBuilder.create(jwks.toURL())
                            .outageTolerant(true)
                            .retrying(true)
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an address: " + jwks, e);
        }
    }

    /** Signatures only an issuer can make: no shared secrets, and never "none". */
    private static Set<JWSAlgorithm> asymmetric() {
        var algorithms = new HashSet<JWSAlgorithm>();
        algorithms.addAll(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return algorithms;
    }

    /** The issuer's keys in a file; it is read again when a token names a key not in it. */
    private record KeyFile(Path file) implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
                throws JWKSetUnavailableException {
            try {
                return JWKSet.parse(Files.readString(file));
            } catch (IOException | ParseException e) {
                throw new JWKSetUnavailableException("cannot read the keys in " + file, e);
            }
        }

        @Override
        public void close() {}
    }
}
