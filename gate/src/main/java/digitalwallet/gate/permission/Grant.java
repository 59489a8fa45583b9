package digitalwallet.gate.permission;

import digitalwallet.gate.permission.Denied.Reason;
import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do through one of their roles. All rules about whose wallet it is and in whose
 * name something is done are here.
 */
public record Grant(Caller caller, Role role, Scope scope) {

    /**
     * To be called before somebody's money or wallet is touched.
     *
     * @param owner of the wallet that is opened, changed or paid from
     * @throws Denied when the wallet is not the caller's own, and the role demands that it is
     */
    public void mayTouchWalletOf(String owner) {
        if (!seesWalletOf(owner)) {
            throw new Denied(
                    Reason.NOT_YOUR_WALLET, "the wallet is somebody else's: name your own");
        }
    }

    /**
     * To be called before something is recorded in somebody's name.
     *
     * @throws Denied when that is not the caller's own name, and the role demands that it is
     */
    public void mayActInTheNameOf(String initiator) {
        if (scope != Scope.ALL && !caller.id().equals(initiator)) {
            throw new Denied(
                    Reason.INITIATED_BY_MISMATCH,
                    "initiated_by is not your own id: send the one your token says");
        }
    }

    /**
     * To be called before something is done for which employees must give a reason.
     *
     * @throws Denied when there is no reason, and the role demands one
     */
    public void mayDoItBecause(@Nullable String reason) {
        if (scope == Scope.ALL_WITH_REASON && (reason == null || reason.isBlank())) {
            throw new Denied(Reason.REASON_REQUIRED, "reason is missing: say why you do this");
        }
    }

    /** Whether this wallet exists as far as the caller is concerned. */
    public boolean seesWalletOf(String owner) {
        return scope != Scope.OWN || caller.id().equals(owner);
    }

    /** Whether the caller sees their own side only. */
    public boolean seesOwnSideOnly() {
        return scope == Scope.OWN;
    }
}
