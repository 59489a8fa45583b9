package digitalwallet.gate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Verified tokens are remembered: not for too long, and not too many. */
final class TokenCacheTest {

    private static final Caller CALLER = new Caller("alice", Set.of(Role.USER));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TokenCache cache = new TokenCache(100, () -> now);

    @Test
    void a_token_is_known_until_it_expires() {
        var digest = TokenCache.digest("a token");
        assertThat(cache.find(digest)).isNull();
        cache.put(digest, CALLER, now.plusSeconds(60));
        now = now.plusSeconds(59);
        assertThat(cache.find(digest)).isEqualTo(CALLER);
        now = now.plusSeconds(1);
        assertThat(cache.find(digest)).isNull();
    }

    @Test
    void one_that_is_valid_for_years_is_verified_again_after_minutes() {
        var digest = TokenCache.digest("a token");
        cache.put(digest, CALLER, now.plus(Duration.ofDays(3_650)));
        now = now.plus(TokenCache.KEPT_MAX).minusSeconds(1);
        assertThat(cache.find(digest)).isEqualTo(CALLER);
        now = now.plusSeconds(1);
        assertThat(cache.find(digest)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void one_that_has_expired_already_is_not_remembered() {
        var digest = TokenCache.digest("a token");
        cache.put(digest, CALLER, now.minusSeconds(1));
        assertThat(cache.find(digest)).isNull();
    }

    @Test
    void however_many_tokens_come_it_stays_small() {
        for (int i = 0; i < 10_000; i++) {
            cache.put(TokenCache.digest("token " + i), CALLER, now.plusSeconds(60));
        }
        assertThat(cache.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void another_token_has_another_digest() {
        UUID one = TokenCache.digest("a token");
        assertThat(TokenCache.digest("a token")).isEqualTo(one);
        assertThat(TokenCache.digest("a tokem")).isNotEqualTo(one);
    }
}
