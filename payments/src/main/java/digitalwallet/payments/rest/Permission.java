package digitalwallet.payments.rest;

import static digitalwallet.gate.permission.Scope.ALL;
import static digitalwallet.gate.permission.Scope.OWN;

import digitalwallet.gate.permission.Reach;
import digitalwallet.gate.permission.Rule;

/** What may be done with payments, and by whom: the role table. What is not in it is denied. */
public enum Permission implements Rule {
    TOP_UP,
    READ_PAYMENT,
    LIST_PAYMENTS,
    RECONCILE;

    @Override
    public Reach reach() {
        return switch (this) {
            //                           user  system  support  auditor  admin
            case TOP_UP -> new Reach(OWN, ALL, null, null, null);
            case READ_PAYMENT -> new Reach(OWN, ALL, ALL, ALL, ALL);
            case LIST_PAYMENTS -> new Reach(OWN, ALL, null, ALL, ALL);
            case RECONCILE -> new Reach(null, null, null, ALL, ALL);
        };
    }
}
