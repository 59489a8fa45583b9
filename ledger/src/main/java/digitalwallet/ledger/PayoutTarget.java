package digitalwallet.ledger;

/**
 * Where a payout goes.
 *
 * @param method the way it takes, as the payments service knows it
 * @param destination the account at the end of that way
 */
public record PayoutTarget(String method, String destination) {}
