package digitalwallet.gate.permission;

import digitalwallet.gate.token.Role;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of a role table: how far a permission reaches for each role; null where it is denied. */
public record Reach(
        @Nullable Scope user,
        @Nullable Scope system,
        @Nullable Scope support,
        @Nullable Scope auditor,
        @Nullable Scope admin) {

    /** The roles that have the permission, in words. */
    String roles() {
        return Stream.of(Role.values())
                .filter(role -> scopeOf(role) != null)
                .map(Role::word)
                .collect(Collectors.joining(" or "));
    }

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
