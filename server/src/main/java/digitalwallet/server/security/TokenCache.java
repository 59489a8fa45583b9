package digitalwallet.server.security;

import digitalwallet.ledger.Digest;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens until they expire, because verifying a signature can cost more than a
 * transfer. It keeps digests of tokens, never the tokens. Two generations bound it: when the young
 * one is full it becomes the old one, and what nobody used since is forgotten.
 */
final class TokenCache {

    private record Verified(Caller caller, long expiresAtMillis) {}

    private record Generations(
            ConcurrentHashMap<UUID, Verified> young, ConcurrentHashMap<UUID, Verified> old) {}

    private final int generationMax;
    private final AtomicReference<Generations> generations =
            new AtomicReference<>(
                    new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));

    /** Remembers at most so many tokens. */
    TokenCache(int tokensMax) {
        this.generationMax = Math.max(1, tokensMax / 2);
    }

    static UUID digest(String token) {
        return new Digest().text(token).toId();
    }

    /** The caller whose token has this digest, or null when it is unknown or has expired. */
    @Nullable Caller find(UUID digest, long nowMillis) {
        var current = generations.get();
        var verified = current.young().get(digest);
        if (verified == null) {
            verified = current.old().get(digest);
            if (verified == null) {
                return null;
            }
            put(digest, verified);
        }
        return verified.expiresAtMillis() > nowMillis ? verified.caller() : null;
    }

    void put(UUID digest, Caller caller, long expiresAtMillis) {
        put(digest, new Verified(caller, expiresAtMillis));
    }

    int size() {
        var current = generations.get();
        return current.young().size() + current.old().size();
    }

    private void put(UUID digest, Verified verified) {
        var current = generations.get();
        if (current.young().mappingCount() >= generationMax) {
            generations.compareAndSet(
                    current, new Generations(new ConcurrentHashMap<>(), current.young()));
            current = generations.get();
        }
        current.young().put(digest, verified);
    }
}
