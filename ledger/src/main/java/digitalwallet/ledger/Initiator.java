package digitalwallet.ledger;

/**
 * Who wanted a command and who asked for it.
 *
 * @param initiatedBy whom the caller names: a user, an employee, a service
 * @param authenticatedAs the caller's own id, from their token
 * @param role the role that allowed it
 */
public record Initiator(String initiatedBy, String authenticatedAs, String role) {

    private static final String USER = "user";

    /** Whether a user asked for it: somebody who may know nothing of other people's wallets. */
    public boolean isUser() {
        return role.equals(USER);
    }
}
