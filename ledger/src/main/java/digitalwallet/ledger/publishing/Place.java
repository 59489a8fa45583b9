package digitalwallet.ledger.publishing;

/** Where a block stands in the journal. */
record Place(int lane, long height) {}
