package digitalwallet.server.security;

import java.util.Set;

/**
 * The sender of a request, as their verified token says.
 *
 * @param id the token's subject
 * @param roles those of the token that the wallet knows
 */
public record Caller(String id, Set<Role> roles) {}
