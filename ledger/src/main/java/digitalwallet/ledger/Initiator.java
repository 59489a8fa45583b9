package digitalwallet.ledger;

/**
 * Who wanted a command and who asked for it.
 *
 * @param initiatedBy whom the caller names: a user, an employee, a service
 * @param authenticatedAs the caller's own id, from their token
 * @param role the role that allowed it
 */
public record Initiator(String initiatedBy, String authenticatedAs, String role) {}
