package digitalwallet.gate.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens for minutes, at most until they expire, because verifying a signature
 * can cost more than a transfer. It keeps digests of tokens, never the tokens.
 */
final class TokenCache {

    /** Then it is verified again, however long it is valid. */
    static final Duration KEPT_MAX = Duration.ofMinutes(5);

    private final Cache<UUID, Verified> verified;
    private final InstantSource clock;

    private record Verified(Caller caller, Instant expiresAt) {}

    /** A cache of at most this many tokens. */
    TokenCache(int tokensMax, InstantSource clock) {
        this.clock = clock;
        verified =
                Caffeine.newBuilder()
                        .maximumSize(tokensMax)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .expireAfter(Expiry.<UUID, Verified>creating((_, token) -> left(token)))
                        .executor(Runnable::run)
                        .build();
    }

    /** The first 128 bits of the SHA-256 of a token. */
    static UUID digest(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var bits = ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
            return new UUID(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The caller whose token has this digest, or null when it is unknown or has expired. */
    @Nullable Caller find(UUID digest) {
        var known = verified.getIfPresent(digest);
        return known != null && clock.instant().isBefore(known.expiresAt()) ? known.caller() : null;
    }

    void put(UUID digest, Caller caller, Instant expiresAt) {
        verified.put(digest, new Verified(caller, expiresAt));
    }

    int size() {
        verified.cleanUp();
        return (int) verified.estimatedSize();
    }

    private Duration left(Verified token) {
        var left = Duration.between(clock.instant(), token.expiresAt());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(KEPT_MAX) > 0 ? KEPT_MAX : left;
    }
}
