package digitalwallet.ledger.check;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.database.Table;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What one block says about its rows, and what its rows are. */
final class BlockProof {

    /** The format of blocks this version understands. */
    private static final int FORMAT = 1;

    private static final int HASH = Table.BLOCK.width() - 1;

    private final int lane;
    private final long height;
    private final int format;
    private final byte[] previousHash;
    private final byte[] hash;
    private final int[] said;
    private final int[] found = new int[4];
    private final Totals totalsSaid = new Totals();
    private final Totals totals = new Totals();
    private final MessageDigest sha256 = Digest.sha256();
    private final List<UUID> transactions = new ArrayList<>();

    /** A block as the database says it is. */
    BlockProof(CopyStream row) {
        lane = row.int4(0);
        height = row.int8(1);
        format = row.int2(2);
        previousHash = row.bytes(3);
        said = new int[] {row.int4(4), row.int4(5), row.int4(6), row.int4(7)};
        var types = row.int2s(8);
        var currencies = row.texts(9);
        var counts = row.int4s(10);
        var amounts = row.int8s(11);
        int kinds = Math.min(types.length, currencies.length);
        for (int i = 0; i < Math.min(kinds, Math.min(counts.length, amounts.length)); i++) {
            totalsSaid.add(types[i], currencies[i], counts[i], BigInteger.valueOf(amounts[i]));
        }
        hash = row.bytes(HASH);
        row.hashInto(sha256, 0, HASH);
    }

    String name() {
        return "block " + lane + "/" + height;
    }

    long height() {
        return height;
    }

    byte[] previousHash() {
        return previousHash.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    Totals totals() {
        return totals;
    }

    /** How many transactions have come. */
    int size() {
        return found[0];
    }

    void transaction(CopyStream row, UUID id) {
        found[0]++;
        transactions.add(id);
        row.hashInto(sha256, 0, row.fields());
    }

    void entry(CopyStream row, int first) {
        found[1]++;
        row.hashInto(sha256, first, row.fields());
    }

    void account(CopyStream row, int first) {
        found[2]++;
        row.hashInto(sha256, first, row.fields());
    }

    void refund(CopyStream row, int first) {
        found[3]++;
        row.hashInto(sha256, first, row.fields());
    }

    /** Compares what it says with what was found, once every row has come. */
    void finish(Findings findings) {
        if (format != FORMAT) {
            findings.violated(
                    Rule.BLOCK_HASHES_ARE_THOSE_OF_THEIR_ROWS,
                    "%s has the unknown format %d".formatted(name(), format));
        } else if (!Arrays.equals(said, found)) {
            findings.violated(
                    Rule.BLOCK_HASHES_ARE_THOSE_OF_THEIR_ROWS,
                    "%s sealed %s, found are %s; %s"
                            .formatted(name(), counts(said), counts(found), contents()));
        } else if (!Arrays.equals(sha256.digest(), hash)) {
            findings.violated(
                    Rule.BLOCK_HASHES_ARE_THOSE_OF_THEIR_ROWS,
                    "a row of %s is not what it was; %s".formatted(name(), contents()));
        }
        if (!totals.sums().equals(totalsSaid.sums())) {
            findings.violated(
                    Rule.BLOCK_TOTALS_ARE_THOSE_OF_THEIR_TRANSACTIONS,
                    "%s says other totals than its transactions".formatted(name()));
        }
    }

    private static String counts(int[] counts) {
        return "%d transactions, %d entries, %d accounts and %d refunds"
                .formatted(counts[0], counts[1], counts[2], counts[3]);
    }

    private String contents() {
        return switch (transactions.size()) {
            case 0 -> "it has no transaction";
            case 1 -> "its transaction is " + transactions.getFirst();
            default ->
                    "its transactions are "
                            + transactions.getFirst()
                            + " to "
                            + transactions.getLast();
        };
    }
}
