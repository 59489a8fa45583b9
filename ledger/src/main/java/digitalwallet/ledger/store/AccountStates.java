package digitalwallet.ledger.store;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The accounts a batch asks for, and the states of those that exist. */
final class AccountStates {

    private final Map<UUID, AccountName> names = new HashMap<>();
    private final Map<UUID, AccountState> states = new HashMap<>();

    /** Asks for an account. */
    void expect(AccountName name) {
        names.put(name.id(), name);
    }

    Set<UUID> expected() {
        return names.keySet();
    }

    /** Reads rows of {@link AccountRows#BY_ID}. */
    void read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var id = rows.getObject(1, UUID.class);
            var name = names.get(id);
            if (name == null) {
                throw new SQLException("the database returned an account nobody asked for");
            }
            AccountRows.require(name, rows);
            states.put(id, AccountRows.state(rows));
        }
    }

    /** Reads the current row of {@link AccountRows#BY_OWNER}, whoever's account it is. */
    AccountName readAny(ResultSet row) throws SQLException {
        var name = AccountRows.name(row);
        states.put(name.id(), AccountRows.state(row));
        return name;
    }

    boolean exists(AccountName name) {
        return states.containsKey(name.id());
    }

    Map<UUID, AccountState> states() {
        return states;
    }
}
