package digitalwallet.ledger.lane;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The routes of all users that have unanswered commands in this instance. */
final class Routes {

    private final ConcurrentHashMap<String, Route> byUser = new ConcurrentHashMap<>();

    private final int commandsMax;

    /**
     * Routes of users.
     *
     * @param commandsMax how many unanswered commands a user may have, unless it is one group
     */
    Routes(int commandsMax) {
        this.commandsMax = commandsMax;
    }

    /**
     * Enters commands of this user: on their route, or on a new one into the chosen lane.
     *
     * @throws EngineUnavailableException when the user has too many already, or there is no lane
     */
    Route enter(String user, int commands, Supplier<Lane> choice) {
        return byUser.compute(
                user,
                (_, known) -> {
                    var route = known == null ? new Route(choice.get()) : known;
                    if (route.addPending(commands) > commandsMax && known != null) {
                        route.addPending(-commands);
                        throw EngineUnavailableException.ofUser();
                    }
                    return route;
                });
    }

    /** Commands of this user were answered. */
    void leave(String user, int commands) {
        byUser.computeIfPresent(
                user, (_, route) -> route.addPending(-commands) == 0 ? null : route);
    }
}
