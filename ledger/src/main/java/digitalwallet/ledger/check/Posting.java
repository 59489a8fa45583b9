package digitalwallet.ledger.check;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction as the database says it is, and whether its entries do what it says. */
final class Posting {

    private final UUID id;
    private final int type;
    private final boolean posted;
    private final String userId;
    private final @Nullable String toUserId;
    private final long amount;
    private final @Nullable String currency;
    private final UUID[] accountIds;
    private final long[] versions;
    private final int lane;
    private final boolean[] found;
    private final long[] amounts;

    Posting(CopyStream row) {
        id = row.uuid(0);
        type = row.int2(1);
        posted = row.isNull(2);
        userId = row.text(4);
        toUserId = row.textOrNull(5);
        amount = row.isNull(6) ? 0 : row.int8(6);
        currency = row.textOrNull(7);
        accountIds = row.uuids(15);
        versions = row.int8s(16);
        lane = row.int4(17);
        found = new boolean[accountIds.length];
        amounts = new long[accountIds.length];
    }

    UUID id() {
        return id;
    }

    /** In minor units; zero when it moves nothing. */
    long amount() {
        return amount;
    }

    /** Whether its money reaches the wallet whatever the wallet's status is. */
    boolean comesBack() {
        return type == TransactionType.REVERSAL.number();
    }

    /** Counts it where blocks count it: posted, and money of a currency. */
    void addTo(Totals totals) {
        if (posted && currency != null) {
            totals.add(type, currency, amount);
        }
    }

    /** One of its entries has come. */
    void entry(int place, long entryAmount) {
        found[place] = true;
        amounts[place] = entryAmount;
    }

    /** Looks at it once every entry has come, and adds what its wallets gained. */
    void finish(Findings findings, SystemAccounts systemAccounts, Totals totals) {
        for (int i = 0; i < found.length; i++) {
            if (!found[i]) {
                findings.violated(
                        Rule.ENTRIES_BELONG_TO_TRANSACTIONS,
                        "entry %s version %d of transaction %s is missing"
                                .formatted(accountIds[i], versions[i], id));
            }
        }
        if (posted != accountIds.length > 0) {
            findings.violated(
                    Rule.ENTRIES_DO_WHAT_THE_TRANSACTION_SAYS,
                    "transaction %s is %s and names %d entries"
                            .formatted(id, posted ? "posted" : "rejected", accountIds.length));
        }
        if (posted && !moves(systemAccounts, totals)) {
            findings.violated(
                    Rule.ENTRIES_DO_WHAT_THE_TRANSACTION_SAYS,
                    "the entries of transaction %s do not do what it says".formatted(id));
        }
    }

    /**
     * All the movements that there should be, and no others. Then the entries sum to zero in their
     * one currency. The accounts follow from the transaction, because their ids are derived from
     * names.
     */
    private boolean moves(SystemAccounts systemAccounts, Totals totals) {
        Map<UUID, Long> due;
        try {
            due = due(systemAccounts);
        } catch (IllegalArgumentException notOfTheBooks) {
            return false;
        }
        long wallets = 0;
        boolean right = true;
        for (int i = 0; i < accountIds.length; i++) {
            var expected = due.remove(accountIds[i]);
            right &= (expected == null ? 0 : expected) == amounts[i];
            boolean ofWallet = !systemAccounts.isOne(accountIds[i]);
            wallets = ofWallet ? wallets + amounts[i] : wallets;
        }
        if (currency != null) {
            totals.add(Totals.WALLETS, currency, wallets);
        }
        return right && due.values().stream().allMatch(rest -> rest == 0);
    }

    private Map<UUID, Long> due(SystemAccounts systemAccounts) {
        var due = new HashMap<UUID, Long>(4);
        var code = currency;
        if (code == null) {
            return due;
        }
        var wallet = wallet(userId, code);
        Function<AccountKind, UUID> system = kind -> systemAccounts.id(kind, code, lane);
        switch (TransactionType.of(type)) {
            case DEPOSIT -> move(due, system.apply(AccountKind.BANK), wallet);
            case WITHDRAW -> move(due, wallet, system.apply(AccountKind.BANK));
            case PURCHASE -> move(due, wallet, system.apply(AccountKind.SALES));
            case REFUND -> move(due, system.apply(AccountKind.SALES), wallet);
            case TRANSFER -> move(due, wallet, wallet(toUserId == null ? "" : toUserId, code));
            case PAYOUT -> move(due, wallet, system.apply(AccountKind.PAYOUTS));
            case SETTLEMENT ->
                    move(due, system.apply(AccountKind.PAYOUTS), system.apply(AccountKind.BANK));
            case REVERSAL -> move(due, system.apply(AccountKind.PAYOUTS), wallet);
            case OPEN -> due.put(wallet, amount);
            case FREEZE, UNFREEZE, CLOSE, REOPEN -> {}
        }
        return due;
    }

    private void move(Map<UUID, Long> due, UUID from, UUID to) {
        due.put(from, -amount);
        due.put(to, amount);
    }

    private static UUID wallet(String user, String currency) {
        return AccountName.wallet(user, CurrencyCode.of(currency)).id();
    }
}
