package digitalwallet.gate.permission;

/** How far a role's permission reaches, the widest last. */
public enum Scope {
    /** The caller's own wallet, in their own name. */
    OWN,
    /** Every wallet, in the caller's own name and with a reason. */
    ALL_WITH_REASON,
    /** Every wallet, in the caller's own name. */
    ALL_AS_ONESELF,
    /** Every wallet, in anybody's name. */
    ALL
}
