package digitalwallet.server.security;

import static digitalwallet.gate.permission.Scope.ALL;
import static digitalwallet.gate.permission.Scope.ALL_AS_ONESELF;
import static digitalwallet.gate.permission.Scope.ALL_WITH_REASON;
import static digitalwallet.gate.permission.Scope.OWN;

import digitalwallet.gate.permission.Reach;
import digitalwallet.gate.permission.Rule;
import digitalwallet.gate.permission.Scope;
import org.jspecify.annotations.Nullable;

/** What may be done with wallets, and by whom: the role table. What is not in it is denied. */
@SuppressWarnings("ImmutableEnumChecker") // the record is immutable, its type cannot say so
public enum Permission implements Rule {
    //                  user  system  support          auditor  admin
    OPEN_WALLET(OWN, ALL, ALL_AS_ONESELF, null, ALL_AS_ONESELF),
    READ_WALLET(OWN, ALL, ALL, ALL, ALL),
    READ_TRANSACTION(OWN, ALL, ALL, ALL, ALL),
    /** Withdraw, purchase, transfer from. */
    SPEND(OWN, ALL, null, null, null),
    /** Deposit, refund. */
    CREDIT(null, ALL, ALL_WITH_REASON, null, null),
    /** Freeze, unfreeze, close, reopen. */
    CHANGE_STATUS(null, null, ALL_WITH_REASON, null, ALL_WITH_REASON),
    SEARCH_TRANSACTIONS(null, ALL, ALL, ALL, ALL),
    CHECK_CONSISTENCY(null, null, null, ALL, ALL),
    /** Send many commands at once, each of which needs its own permission. */
    SEND_BATCH(OWN, ALL, ALL, null, ALL),
    /** Ask for the constant answer that benchmarks compare with. */
    MEASURE(OWN, ALL, ALL, ALL, ALL);

    private final Reach reach;

    Permission(
            @Nullable Scope user,
            @Nullable Scope system,
            @Nullable Scope support,
            @Nullable Scope auditor,
            @Nullable Scope admin) {
        reach = new Reach(user, system, support, auditor, admin);
    }

    @Override
    public Reach reach() {
        return reach;
    }
}
