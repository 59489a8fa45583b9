package digitalwallet.gate.permission;

import digitalwallet.gate.permission.Denied.Reason;
import digitalwallet.gate.token.Caller;

/** Something that may be done, and by whom. Each process has an enum of its rules. */
public interface Rule {

    /** Its row of the role table. */
    Reach reach();

    /**
     * What this caller's widest role allows them.
     *
     * @throws Denied when none of their roles allows it
     */
    default Grant grant(Caller caller) {
        Grant widest = null;
        for (var role : caller.roles()) {
            var scope = reach().scopeOf(role);
            if (scope != null && (widest == null || scope.compareTo(widest.scope()) > 0)) {
                widest = new Grant(caller, role, scope);
            }
        }
        if (widest == null) {
            throw new Denied(
                    Reason.FORBIDDEN,
                    "your role does not allow this: ask somebody with the role " + reach().roles());
        }
        return widest;
    }
}
