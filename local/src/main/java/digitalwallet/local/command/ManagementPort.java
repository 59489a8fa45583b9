package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import java.util.Map;

/** Where a server's metrics are: known before it starts, because others are told. */
final class ManagementPort {

    private static final int PORT_MAX = 65_535;

    private ManagementPort() {}

    /**
     * The port that a person has set, or the free one.
     *
     * @param free what is taken when nothing is set
     * @throws LocalFailure when what they have set is no port
     */
    static int wanted(Map<String, String> environment, String variable, int free) {
        var set = environment.getOrDefault(variable, "").strip();
        if (set.isEmpty()) {
            return free;
        }
        int port = set.matches("[0-9]{1,5}") ? Integer.parseInt(set) : PORT_MAX + 1;
        if (port > PORT_MAX) {
            throw new LocalFailure(
                    variable
                            + " is a port from 1 to 65535, or 0 for any that is free, not "
                            + set
                            + ".");
        }
        return port == 0 ? free : port;
    }
}
