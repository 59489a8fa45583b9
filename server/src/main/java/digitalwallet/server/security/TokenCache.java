package digitalwallet.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import digitalwallet.ledger.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens until they expire, because verifying a signature can cost more than a
 * transfer. It keeps digests of tokens, never the tokens.
 */
final class TokenCache {

    private final Cache<UUID, Verified> verified;
    private final InstantSource clock;

    private record Verified(Caller caller, Instant expiresAt) {}

    /** Remembers at most so many tokens. */
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

    static UUID digest(String token) {
        return new Digest().text(token).toId();
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
        return left.isNegative() ? Duration.ZERO : left;
    }
}
