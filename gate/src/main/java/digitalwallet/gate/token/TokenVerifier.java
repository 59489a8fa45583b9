package digitalwallet.gate.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out who is calling from a signed token (RFC 7519, RFC 9068). */
public final class TokenVerifier {

    private static final int CLOCK_SKEW_SECONDS_MAX = 5;
    private static final int SUBJECT_LENGTH_MAX = 255;
    private static final int TOKEN_LENGTH_MAX = 16_384;

    // Signatures only an issuer can make: no shared secrets, and never "none".
    private static final Set<JWSAlgorithm> ALGORITHMS = asymmetric();

    private static final JWKSelector ANY_KEY = new JWKSelector(new JWKMatcher.Builder().build());

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JWKSource<SecurityContext> keys;
    private final TokenCache cache;

    /** Believes tokens of one issuer. */
    public TokenVerifier(TokenSettings settings, InstantSource clock) {
        this.keys = keys(settings);
        this.cache = new TokenCache(settings.cachedTokensMax(), clock);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("sub", "exp"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS_MAX);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Who sent this token.
     *
     * @throws InvalidTokenException when it is not to be believed
     * @throws KeysUnavailableException when that cannot be found out now
     */
    public Caller verify(String token) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            throw new InvalidTokenException("the token is too long");
        }
        var digest = TokenCache.digest(token);
        var known = cache.find(digest);
        if (known != null) {
            return known;
        }
        var claims = claims(token);
        var caller = new Caller(subject(claims), roles(claims));
        cache.put(digest, caller, end(claims));
        return caller;
    }

    private JWTClaimsSet claims(String token) {
        try {
            return processor.process(token, null);
        } catch (RateLimitReachedException e) {
            // The token names none of the issuer's keys, which were fetched just now.
            throw hasKeys() ? notValid() : new KeysUnavailableException(e);
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (BadJOSEException | ParseException | JOSEException e) {
            throw notValid();
        }
    }

    private boolean hasKeys() {
        try {
            return !keys.get(ANY_KEY, null).isEmpty();
        } catch (KeySourceException _) {
            return false;
        }
    }

    private static InvalidTokenException notValid() {
        return new InvalidTokenException("the token is not valid");
    }

    /** When the token ends. It has the claim {@code exp}, but the claim could be null. */
    private static Instant end(JWTClaimsSet claims) {
        var end = claims.getExpirationTime();
        if (end == null) {
            throw notValid();
        }
        return end.toInstant();
    }

    private static String subject(JWTClaimsSet claims) {
        var subject = claims.getSubject();
        if (subject == null
                || subject.isEmpty()
                || subject.length() > SUBJECT_LENGTH_MAX
                || !subject.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidTokenException("the token's subject is not an id");
        }
        return subject;
    }

    /** Roles of other products may be in the token too; they mean nothing here. */
    private static Set<Role> roles(JWTClaimsSet claims) {
        var roles = EnumSet.noneOf(Role.class);
        var words = claims.getClaim("roles") instanceof List<?> list ? list : List.of();
        for (var role : Role.values()) {
            if (words.contains(role.word())) {
                roles.add(role);
            }
        }
        return Set.copyOf(roles);
    }

    private static JWKSource<SecurityContext> keys(TokenSettings settings) {
        try {
            return "file".equals(settings.jwks().getScheme())
                    ? JWKSourceBuilder.create(new KeyFile(Path.of(settings.jwks()))).build()
                    : JWKSourceBuilder.create(settings.jwks().toURL())
                            .outageTolerant(true)
                            .retrying(true)
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an address: " + settings.jwks(), e);
        }
    }

    private static Set<JWSAlgorithm> asymmetric() {
        var algorithms = new HashSet<JWSAlgorithm>();
        algorithms.addAll(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        algorithms.addAll(JWSAlgorithm.Family.ED);
        return algorithms;
    }
}
