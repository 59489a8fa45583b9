package digitalwallet.ledger.check;

/**
 * Blocks of one lane that are examined together.
 *
 * @param from the first height, inclusive; the range before ended just below
 * @param to the last height, inclusive
 */
record JournalRange(int lane, long from, long to) {}
