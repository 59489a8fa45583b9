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
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
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

    /** The claims that are times, in seconds (RFC 7519, section 4.1). */
    private static final List<String> TIMES = List.of("exp", "nbf", "iat");

    /** The end of the year 9999. */
    private static final double SECONDS_MAX = 253_402_300_799d;

    /**
     * The issuer's keys are fetched again this often, and a verified token is verified again, so
     * that together a key's removal ends its tokens within a minute.
     */
    private static final Duration KEYS_KEPT = Duration.ofSeconds(25);

    private static final Duration KEYS_FETCHED_WITHIN = Duration.ofSeconds(5);

    /** However many tokens name an unknown key. */
    private static final Duration KEYS_ASKED_EVERY = Duration.ofSeconds(10);

    private static final Duration TOKENS_KEPT = Duration.ofSeconds(25);

    /** Where the keys cannot be fetched, the last ones are believed for so long. */
    private static final Duration OUTAGE_MAX = Duration.ofHours(1);

    // Signatures only an issuer can make: no shared secrets, and never "none".
    private static final Set<JWSAlgorithm> ALGORITHMS = asymmetric();

    private static final JWKSelector ANY_KEY = new JWKSelector(new JWKMatcher.Builder().build());

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JWKSource<SecurityContext> keys;
    private final TokenCache cache;
    private final InstantSource clock;

    /** Believes tokens of one issuer. */
    public TokenVerifier(TokenSettings settings, InstantSource clock) {
        this.clock = clock;
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
            throw new InvalidTokenException(
                    "the token is too long: ask its issuer for a shorter one");
        }
        var digest = TokenCache.digest(token);
        var known = cache.find(digest);
        if (known != null) {
            return known;
        }
        var claims = claims(token);
        var caller = new Caller(subject(claims), roles(claims));
        cache.put(digest, caller, earlier(end(claims), clock.instant().plus(TOKENS_KEPT)));
        return caller;
    }

    private JWTClaimsSet claims(String token) {
        try {
            var parsed = JWTParser.parse(token);
            var claims = processor.process(parsed, null);
            requireTimes(parsed);
            return claims;
        } catch (RateLimitReachedException e) {
            // The token names none of the issuer's keys, which were fetched just now.
            throw hasKeys() ? notValid() : new KeysUnavailableException(e);
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (BadJOSEException | ParseException | JOSEException e) {
            throw notValid();
        }
    }

    /**
     * Makes sure that the times are times: of a number beyond all of them the library would keep
     * what is left after an overflow, which may lie in the past.
     */
    private static void requireTimes(JWT token) throws ParseException {
        var payload = token instanceof SignedJWT signed ? signed.getPayload().toJSONObject() : null;
        if (payload == null) {
            throw notValid();
        }
        for (var name : TIMES) {
            var time = payload.get(name);
            boolean isTime =
                    time == null
                            || (time instanceof Number number
                                    && number.doubleValue() >= 0
                                    && number.doubleValue() <= SECONDS_MAX);
            if (!isTime) {
                throw notValid();
            }
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
        return new InvalidTokenException(
                "the token is not valid here, or not any more: get a new one");
    }

    /** When the token ends. It has the claim {@code exp}, but the claim could be null. */
    private static Instant end(JWTClaimsSet claims) {
        var end = claims.getExpirationTime();
        if (end == null) {
            throw notValid();
        }
        return end.toInstant();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static String subject(JWTClaimsSet claims) {
        var subject = claims.getSubject();
        if (subject == null
                || subject.isEmpty()
                || subject.length() > SUBJECT_LENGTH_MAX
                || !subject.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidTokenException(
                    "the token's subject is no identifier: ask its issuer for one that is");
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
                    ? kept(JWKSourceBuilder.create(new KeyFile(Path.of(settings.jwks())))).build()
                    : kept(JWKSourceBuilder.create(settings.jwks().toURL()))
                            .outageTolerant(OUTAGE_MAX.toMillis())
                            .retrying(true)
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an address: " + settings.jwks(), e);
        }
    }

    private static JWKSourceBuilder<SecurityContext> kept(
            JWKSourceBuilder<SecurityContext> source) {
        return source.rateLimited(KEYS_ASKED_EVERY.toMillis())
                .refreshAheadCache(false)
                .cache(KEYS_KEPT.toMillis(), KEYS_FETCHED_WITHIN.toMillis());
    }

    private static Set<JWSAlgorithm> asymmetric() {
        var algorithms = new HashSet<JWSAlgorithm>();
        algorithms.addAll(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        algorithms.addAll(JWSAlgorithm.Family.ED);
        return algorithms;
    }
}
