package digitalwallet.payments.rest;

import static digitalwallet.gate.permission.Scope.ALL;
import static digitalwallet.gate.permission.Scope.OWN;

import digitalwallet.gate.permission.Reach;
import digitalwallet.gate.permission.Rule;
import digitalwallet.gate.permission.Scope;
import org.jspecify.annotations.Nullable;

/** What may be done with payments, and by whom: the role table. What is not in it is denied. */
@SuppressWarnings("ImmutableEnumChecker") // the record is immutable, its type cannot say so
public enum Permission implements Rule {
    //           user  system  support  auditor  admin
    TOP_UP(OWN, ALL, null, null, null),
    READ_PAYMENT(OWN, ALL, ALL, ALL, ALL),
    LIST_PAYMENTS(null, ALL, null, ALL, ALL),
    RECONCILE(null, null, null, ALL, ALL);

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
