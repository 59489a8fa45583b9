package digitalwallet.server.security;

import static digitalwallet.server.security.Scope.ALL;
import static digitalwallet.server.security.Scope.ALL_AS_ONESELF;
import static digitalwallet.server.security.Scope.ALL_WITH_REASON;
import static digitalwallet.server.security.Scope.OWN;

import digitalwallet.server.security.Denied.Reason;
import org.jspecify.annotations.Nullable;

/** What may be done, and by whom: the role table. What is not in it is denied. */
public enum Permission {
    //                  user  system  support          auditor  admin
    OPEN_WALLET(OWN, ALL, ALL_AS_ONESELF, null, ALL_AS_ONESELF),
    READ_WALLET(OWN, ALL, ALL, ALL, ALL),
    READ_TRANSACTION(OWN, ALL, ALL, ALL, ALL),
    /** Withdraw, purchase, transfer from. */
    SPEND(OWN, ALL, null, null, null),
    /** Deposit, refund. */
    CREDIT(null, ALL, ALL_WITH_REASON, null, null),
    /** Freeze, unfreeze, close. */
    CHANGE_STATUS(null, null, ALL_WITH_REASON, null, ALL_WITH_REASON),
    SEARCH_TRANSACTIONS(null, ALL, ALL, ALL, ALL),
    CHECK_CONSISTENCY(null, null, null, ALL, ALL),
    /** Send many commands at once, each of which needs its own permission. */
    SEND_BATCH(OWN, ALL, ALL, null, ALL),
    /** Ask for the constant answer that benchmarks compare with. */
    MEASURE(OWN, ALL, ALL, ALL, ALL);

    private final @Nullable Scope user;
    private final @Nullable Scope system;
    private final @Nullable Scope support;
    private final @Nullable Scope auditor;
    private final @Nullable Scope admin;

    Permission(
            @Nullable Scope user,
            @Nullable Scope system,
            @Nullable Scope support,
            @Nullable Scope auditor,
            @Nullable Scope admin) {
        this.user = user;
        this.system = system;
        this.support = support;
        this.auditor = auditor;
        this.admin = admin;
    }

    /**
     * What this caller's widest role allows.
     *
     * @throws Denied when none of their roles allows it
     */
    public Grant grant(Caller caller) {
        Grant widest = null;
        for (var role : caller.roles()) {
            var scope = scopeOf(role);
            if (scope != null && (widest == null || scope.compareTo(widest.scope()) > 0)) {
                widest = new Grant(caller, role, scope);
            }
        }
        if (widest == null) {
            throw new Denied(Reason.FORBIDDEN, "your role does not allow this");
        }
        return widest;
    }

    /** How far it reaches for this role, or null when the role does not have it. */
    public @Nullable Scope scopeOf(Role role) {
        return switch (role) {
            case USER -> user;
            case SYSTEM -> system;
            case SUPPORT -> support;
            case AUDITOR -> auditor;
            case ADMIN -> admin;
        };
    }
}
