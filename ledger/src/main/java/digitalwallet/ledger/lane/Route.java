package digitalwallet.ledger.lane;

import org.jspecify.annotations.Nullable;

/**
 * The way of one user's commands while any of them is unanswered: into one lane, and perhaps on to
 * one other. Everything takes the same way, so nothing overtakes.
 */
final class Route {

    private final Lane entry;
    private volatile @Nullable Lane handedTo;
    private final boolean fixed;
    private Room.Load pending = Room.Load.NONE;

    /** A way into this lane. */
    Route(Lane entry) {
        this(entry, false);
    }

    private Route(Lane entry, boolean fixed) {
        this.entry = entry;
        this.fixed = fixed;
    }

    /** A way into this lane that never leads on to another one. */
    static Route fixed(Lane entry) {
        return new Route(entry, true);
    }

    /** Where the user's commands enter. */
    Lane entry() {
        return entry;
    }

    /** The lane that this one passes the user's commands on to; itself when it runs them. */
    Lane next(Lane lane) {
        var other = handedTo;
        return lane == entry && other != null ? other : lane;
    }

    /**
     * Hands the user's commands from the entry lane to another one, for as long as any is pending.
     *
     * @return false when this lane is not the entry, they were handed on before, or never may be
     */
    boolean handOver(Lane from, Lane to) {
        if (fixed || from != entry || handedTo != null || to == from) {
            return false;
        }
        handedTo = to;
        return true;
    }

    /** What the user's unanswered commands take. Guarded by its map. */
    Room.Load pending() {
        return pending;
    }

    /** Changes what they take. Guarded by its map. */
    void pending(Room.Load load) {
        pending = load;
    }
}
