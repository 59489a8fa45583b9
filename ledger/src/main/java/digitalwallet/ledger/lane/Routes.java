package digitalwallet.ledger.lane;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The routes of all users that have unanswered commands in this instance. */
final class Routes {

    private final ConcurrentHashMap<String, Route> byUser = new ConcurrentHashMap<>();

    private final Room.Load most;

    /**
     * Routes of users.
     *
     * @param most what the unanswered commands of a user may take, unless it is one group
     */
    Routes(Room.Load most) {
        this.most = most;
    }

    /**
     * Enters commands of this user: on their route, or on a new one into the chosen lane.
     *
     * @throws EngineUnavailableException when the user has too many already, or there is no lane
     */
    Route enter(String user, Room.Load load, Supplier<Lane> choice) {
        return byUser.compute(
                user,
                (_, known) -> {
                    var route = known == null ? new Route(choice.get()) : known;
                    if (known != null && route.pending().plus(load).exceeds(most)) {
                        throw EngineUnavailableException.ofUser();
                    }
                    route.pending(route.pending().plus(load));
                    return route;
                });
    }

    /** Commands of this user were answered. */
    void leave(String user, Room.Load load) {
        byUser.computeIfPresent(
                user,
                (_, route) -> {
                    route.pending(route.pending().minus(load));
                    return route.pending().commands() == 0 ? null : route;
                });
    }
}
