package digitalwallet.ledger;

import java.util.List;

/**
 * A block that has just been committed, as it was handed to the database.
 *
 * @param hash of the block in hexadecimal digits; no other block has it
 * @param transactions in the order of decision
 * @param entries those of the transactions, in the order of decision
 */
public record PostedBlock(
        int lane, long height, String hash, List<Transaction> transactions, List<Entry> entries) {}
