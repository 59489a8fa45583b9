package digitalwallet.ledger.check;

import digitalwallet.ledger.AccountKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Examines a range of blocks with everything reached from them. Each table comes in one stream in
 * the order in which blocks hash it; what is kept in memory is one digest per block and one {@link
 * Posting} per transaction of the range.
 */
final class JournalCheck {

    private static final int COMPARED_FIRST = 3;
    private static final int ENTRY_FIRST = 8;
    private static final int ACCOUNT_FIRST = 1;
    private static final int REFUND_FIRST = 4;

    private final Connection connection;
    private final JournalRange range;
    private final Findings findings;
    private final boolean withPredecessors;
    private final boolean alone;
    private final Map<Long, BlockProof> blocks = new LinkedHashMap<>();
    private final Map<UUID, Posting> postings = new LinkedHashMap<>();
    private final Set<UUID> opened = new HashSet<>();
    private final Set<UUID> openedWallets = new HashSet<>();
    private final Map<UUID, Long> refunded = new HashMap<>();
    private long compared;
    private byte[] lastHash;

    /**
     * A check of one range.
     *
     * @param hashBefore of the block below the range
     * @param withPredecessors whether to compare each entry with the one it follows from
     * @param alone whether nothing else examines the accounts' names and the entries' chains
     */
    JournalCheck(
            Connection connection,
            JournalRange range,
            byte[] hashBefore,
            Findings findings,
            boolean withPredecessors,
            boolean alone) {
        this.connection = connection;
        this.range = range;
        this.findings = findings;
        this.withPredecessors = withPredecessors;
        this.alone = alone;
        lastHash = hashBefore.clone();
    }

    /**
     * Examines it.
     *
     * @return the totals of the range
     */
    Totals run() throws SQLException {
        try {
            return examine();
        } catch (RuntimeException unreadable) {
            // No engine writes what cannot be read back.
            findings.violated(
                    Rule.BLOCK_HASHES_ARE_THOSE_OF_THEIR_ROWS,
                    "a row of the blocks %d/%d to %d cannot be read: %s"
                            .formatted(range.lane(), range.from(), range.to(), unreadable));
            return new Totals();
        }
    }

    /** The hash of the last block of the range. */
    byte[] lastHash() {
        return lastHash.clone();
    }

    private Totals examine() throws SQLException {
        each(JournalSql.blocks(range), this::block);
        findings.examined(Rule.BLOCKS_ARE_CHAINED, blocks.size());
        findings.examined(Rule.BLOCK_HEIGHTS_ARE_GAPLESS, blocks.size());
        findings.examined(Rule.BLOCK_HASHES_ARE_THOSE_OF_THEIR_ROWS, blocks.size());
        findings.examined(Rule.BLOCK_TOTALS_ARE_THOSE_OF_THEIR_TRANSACTIONS, blocks.size());
        each(JournalSql.accounts(range), Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS, this::account);
        each(JournalSql.transactions(range), Rule.TRANSACTIONS_BELONG_TO_BLOCKS, this::transaction);
        each(
                JournalSql.entries(range, withPredecessors),
                Rule.ENTRIES_BELONG_TO_TRANSACTIONS,
                this::entry);
        findings.examined(Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS, alone ? compared : 0);
        each(JournalSql.refunds(range), Rule.REFUNDS_STAY_WITHIN_PURCHASES, this::refund);
        each(
                JournalSql.details(range),
                Rule.DETAILS_ARE_WHAT_WAS_RECORDED,
                row -> RowRules.detail(row, findings));
        each(
                JournalSql.bankReferences(range),
                Rule.BANK_REFERENCES_ARE_THOSE_CREDITED,
                row -> RowRules.bankReference(row, findings));
        each(
                JournalSql.payoutEnds(range),
                Rule.PAYOUTS_END_ONCE,
                row -> RowRules.payoutEnd(row, findings));
        return finish();
    }

    private Totals finish() {
        var totals = new Totals();
        var systemAccounts = new SystemAccounts();
        for (var posting : postings.values()) {
            posting.finish(findings, systemAccounts, totals);
            var shares = refunded.get(posting.id());
            if (shares != null && shares != posting.amount()) {
                findings.violated(
                        Rule.REFUNDS_STAY_WITHIN_PURCHASES,
                        "the shares of refund %s do not add up to it".formatted(posting.id()));
            }
        }
        findings.examined(Rule.ENTRIES_DO_WHAT_THE_TRANSACTION_SAYS, postings.size());
        for (var block : blocks.values()) {
            block.finish(findings);
            totals.addAll(block.totals());
        }
        return totals;
    }

    private interface RowCheck {
        void examine(CopyStream row) throws SQLException;
    }

    private long each(String query, RowCheck check) throws SQLException {
        long count = 0;
        try (var rows = CopyStream.of(connection, query)) {
            while (rows.next()) {
                check.examine(rows);
                count++;
            }
        }
        return count;
    }

    private void each(String query, Rule rule, RowCheck check) throws SQLException {
        findings.examined(rule, each(query, check));
    }

    private void block(CopyStream row) {
        var block = new BlockProof(row);
        long expected = range.from() + blocks.size();
        if (blocks.isEmpty()
                ? block.height() != expected
                : !blocks.containsKey(block.height() - 1)) {
            findings.violated(
                    Rule.BLOCK_HEIGHTS_ARE_GAPLESS,
                    "a block below %s is missing".formatted(block.name()));
        } else if (!Arrays.equals(block.previousHash(), lastHash)) {
            findings.violated(
                    Rule.BLOCKS_ARE_CHAINED,
                    "%s does not go on from the block below it".formatted(block.name()));
        }
        lastHash = block.hash();
        blocks.put(block.height(), block);
    }

    private @Nullable BlockProof blockOf(long height) {
        return blocks.get(height);
    }

    private void transaction(CopyStream row) {
        var posting = new Posting(row);
        postings.put(posting.id(), posting);
        var block = blockOf(row.int8(18));
        if (block == null || row.int4(19) != block.size()) {
            findings.violated(
                    Rule.TRANSACTIONS_BELONG_TO_BLOCKS,
                    "transaction %s stands at %d/%d position %d, where it does not belong"
                            .formatted(posting.id(), row.int4(17), row.int8(18), row.int4(19)));
        }
        if (block != null) {
            block.transaction(row, posting.id());
            posting.addTo(block.totals());
        }
    }

    private void account(CopyStream row) {
        var block = blockOf(row.int8(0));
        if (block != null) {
            block.account(row, ACCOUNT_FIRST);
        }
        var id = row.uuid(ACCOUNT_FIRST);
        opened.add(id);
        if (row.int2(ACCOUNT_FIRST + 2) == AccountKind.WALLET.number()) {
            openedWallets.add(id);
        }
        if (alone) {
            RowRules.name(row, ACCOUNT_FIRST, findings);
            findings.examined(Rule.ACCOUNT_IDS_ARE_DERIVED_FROM_NAMES, 1);
        }
    }

    private void entry(CopyStream row) {
        var block = blockOf(row.int8(0));
        if (block != null) {
            block.entry(row, ENTRY_FIRST);
        }
        var transactionId = row.uuid(1);
        var accountId = row.uuid(ENTRY_FIRST);
        long version = row.int8(ENTRY_FIRST + 1);
        long amount = row.int8(ENTRY_FIRST + 3);
        var posting = postings.get(transactionId);
        if (posting == null || !row.uuid(ENTRY_FIRST + 2).equals(transactionId)) {
            findings.violated(
                    Rule.ENTRIES_BELONG_TO_TRANSACTIONS,
                    "entry %s version %d names another transaction than %s"
                            .formatted(accountId, version, transactionId));
        }
        if (posting != null) {
            posting.entry((int) row.int8(2) - 1, amount);
        }
        boolean comesBack = posting != null && posting.comesBack();
        RowRules.entry(row, ENTRY_FIRST, comesBack, findings);
        if (!row.isNull(COMPARED_FIRST)) {
            compared++;
            RowRules.predecessor(row, COMPARED_FIRST, ENTRY_FIRST, findings);
        }
        if (version == 1 && openedWallets.contains(accountId)) {
            RowRules.opening(row, ENTRY_FIRST, findings);
        }
        if (version == 1 && !opened.contains(accountId)) {
            findings.violated(
                    Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS,
                    "account %s is not one that transaction %s opened"
                            .formatted(accountId, transactionId));
        }
    }

    private void refund(CopyStream row) {
        var block = blockOf(row.int8(0));
        if (block != null) {
            block.refund(row, REFUND_FIRST);
        }
        refunded.merge(row.uuid(1), row.int8(REFUND_FIRST + 3), Math::addExact);
        RowRules.refund(row, REFUND_FIRST, findings);
    }
}
