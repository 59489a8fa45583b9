package digitalwallet.payments.rest;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The sender of a request, as their token says.
 *
 * @param roles such as {@code ROLE_user}
 */
record Caller(String id, Set<String> roles) {

    static Caller of(Authentication authentication) {
        return new Caller(
                authentication.getName(),
                authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toSet()));
    }

    /** Whether they may act for others and look at others: all who are more than a user. */
    boolean isMoreThanUser() {
        return roles.stream()
                .anyMatch(role -> role.startsWith("ROLE_") && !role.equals("ROLE_user"));
    }

    boolean isSystem() {
        return roles.contains("ROLE_system");
    }
}
