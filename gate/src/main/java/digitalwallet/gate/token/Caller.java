package digitalwallet.gate.token;

import java.util.Set;

/**
 * The sender of a request, as the verified token says.
 *
 * @param id the token's subject
 * @param roles the roles in the token that are known here
 */
public record Caller(String id, Set<Role> roles) {}
