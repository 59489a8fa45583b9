package digitalwallet.messages;

import digitalwallet.messages.MalformedMessageException.Reason;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the wallet itself queued a command. It is believed only under a signature that
 * the wallet alone can make.
 *
 * @param id the caller's id
 * @param role the role they acted in
 */
public record Caller(String id, String role) {

    private static final String ID = "callerid";
    private static final String ROLE = "callerrole";

    /**
     * The caller an event names, or null when it names none.
     *
     * @throws MalformedMessageException when it names half of one
     */
    public static @Nullable Caller of(CloudEvent event) {
        var id = event.extensions().get(ID);
        var role = event.extensions().get(ROLE);
        if (id == null && role == null) {
            return null;
        }
        if (id == null || role == null) {
            throw new MalformedMessageException(
                    Reason.INVALID_ATTRIBUTE, ID + " and " + ROLE + " come together");
        }
        return new Caller(id, role);
    }

    SortedMap<String, String> extensions() {
        return new TreeMap<>(Map.of(ID, id, ROLE, role));
    }
}
