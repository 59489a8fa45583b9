package digitalwallet.ledger.lane;

/**
 * A queued message that cannot be processed. It holds its partition's position until it is
 * abandoned.
 *
 * @param reason {@code id_taken} or {@code posting_failed}
 * @param detail a sentence for people who look at it later
 */
public record Refusal(long offset, String reason, String detail) {}
