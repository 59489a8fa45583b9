package digitalwallet.gate.permission;

import digitalwallet.gate.token.Role;
import org.jspecify.annotations.Nullable;

/** One row of a role table: how far a permission reaches for each role; null where it is denied. */
public record Reach(
        @Nullable Scope user,
        @Nullable Scope system,
        @Nullable Scope support,
        @Nullable Scope auditor,
        @Nullable Scope admin) {

    /** How far the permission reaches for this role, or null when the role does not have it. */
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
