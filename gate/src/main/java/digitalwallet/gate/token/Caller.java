package digitalwallet.gate.token;

import java.util.Set;

/**
 * Whoever sent a request, as their verified token says.
 *
 * @param id the token's subject
 * @param roles those of the token that are known here
 */
public record Caller(String id, Set<Role> roles) {}
