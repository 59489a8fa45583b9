package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.database.AccountRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The accounts a batch asks for, and the states of those that exist. */
final class AccountStates {

    private final Map<UUID, AccountName> names = new HashMap<>();
    private final Map<UUID, AccountState> states = new HashMap<>();
    private final Map<UUID, AccountState> assumed = new HashMap<>();

    /** Asks for an account. */
    void expect(AccountName name) {
        names.put(name.id(), name);
    }

    /** Assumes the states that are known, and returns the accounts that must be loaded. */
    List<UUID> assume(KnownStates known) {
        var unknown = new ArrayList<UUID>();
        for (var id : names.keySet()) {
            var state = known.find(id);
            if (state == null) {
                unknown.add(id);
            } else {
                states.put(id, state);
                assumed.put(id, state);
            }
        }
        return unknown;
    }

    /** The states that were assumed. */
    Map<UUID, AccountState> assumed() {
        return assumed;
    }

    /** Reads rows of {@link AccountRows#BY_ID}. */
    void read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var id = rows.getObject(1, UUID.class);
            var name = names.get(id);
            if (name == null) {
                throw new IllegalStateException(
                        "the database returned an account nobody asked for");
            }
            AccountRows.require(name, rows);
            states.put(id, AccountRows.state(rows));
        }
    }

    /** Reads the current row of {@link AccountRows#BY_OWNER}, of whatever account. */
    AccountName readAny(ResultSet row) throws SQLException {
        var name = AccountRows.name(row);
        states.put(name.id(), AccountRows.state(row));
        assumed.remove(name.id());
        return name;
    }

    boolean exists(AccountName name) {
        return states.containsKey(name.id());
    }

    Map<UUID, AccountState> states() {
        return states;
    }
}
