package digitalwallet.ledger.lane;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which lane of this instance works on which accounts, so that the database is not asked in vain.
 */
final class LockHolders {

    private final ConcurrentHashMap<Long, Lane> holders = new ConcurrentHashMap<>();

    /**
     * Notes that this lane works on an account, if no other lane does.
     *
     * @return null when this lane now works on it, otherwise the other lane that does
     */
    @Nullable Lane take(Lane lane, Long lock) {
        var holder = holders.putIfAbsent(lock, lane);
        return holder == lane ? null : holder;
    }

    /** The lane that works on it, if any. */
    @Nullable Lane of(Long lock) {
        return holders.get(lock);
    }

    /** Notes that this lane works on it, even if another did: it waits for the database's lock. */
    void takeOver(Lane lane, Long lock) {
        holders.put(lock, lane);
    }

    /** Notes that this lane no longer works on it. */
    void free(Lane lane, Long lock) {
        holders.remove(lock, lane);
    }
}
