package digitalwallet.ledger.lane;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The routes of all users that have unanswered commands in this instance. */
final class Routes {

    private final ConcurrentHashMap<String, Route> byUser = new ConcurrentHashMap<>();

    /** Enters a command of this user: on their route, or on a new one into the chosen lane. */
    Route enter(String user, Supplier<Lane> choice) {
        return byUser.compute(
                user,
                (_, known) -> {
                    var route = known == null ? new Route(choice.get()) : known;
                    route.addPending(1);
                    return route;
                });
    }

    /** A command of this user was answered. */
    void leave(String user) {
        byUser.computeIfPresent(user, (_, route) -> route.addPending(-1) == 0 ? null : route);
    }
}
