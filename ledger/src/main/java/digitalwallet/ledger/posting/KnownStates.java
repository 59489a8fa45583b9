package digitalwallet.ledger.posting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import digitalwallet.ledger.AccountState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The states that this instance's lanes left accounts in: it saves loading them again. A hint, no
 * more. What is written on a stale state fails by its version, and what is decided on one without
 * writing is confirmed first (see {@link LaneSession#write}). Another instance that posts to the
 * same accounts makes states stale; then nothing is remembered for a while.
 */
public final class KnownStates {

    private static final long MISTRUST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Cache<UUID, AccountState> states;
    private volatile long mistrustedUntil = System.nanoTime();

    /**
     * Remembers nothing yet.
     *
     * @param accountsMax how many accounts it remembers at most; about 250 bytes each
     */
    public KnownStates(int accountsMax, MeterRegistry registry) {
        states =
                Caffeine.newBuilder()
                        .maximumSize(accountsMax)
                        .executor(Runnable::run)
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(registry, states, "account_states");
    }

    /** The account's state as far as is known here, or null. */
    @Nullable AccountState find(UUID accountId) {
        return isMistrusted() ? null : states.getIfPresent(accountId);
    }

    /** A batch was committed that left its accounts in these states. */
    void remember(Map<UUID, AccountState> written) {
        if (!isMistrusted()) {
            states.putAll(written);
        }
    }

    /** A batch failed: perhaps because somebody else posts to the same accounts. */
    void mistrust() {
        mistrustedUntil = System.nanoTime() + MISTRUST_NANOS;
        states.invalidateAll();
    }

    private boolean isMistrusted() {
        return System.nanoTime() - mistrustedUntil < 0;
    }
}
