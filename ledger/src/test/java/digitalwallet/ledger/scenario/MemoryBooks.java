package digitalwallet.ledger.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.decide.BatchDecision;
import digitalwallet.ledger.decide.BatchDecision.OpenedAccount;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchDecision.TakenKeyRow;
import digitalwallet.ledger.decide.Decider;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The books in maps. They refuse what the database's constraints refuse. */
public final class MemoryBooks {

    final Map<UUID, AccountName> accounts = new LinkedHashMap<>();
    final Map<UUID, List<Entry>> entries = new HashMap<>();
    final Map<UUID, Transaction> transactions = new LinkedHashMap<>();
    final Map<UUID, List<RefundShare>> refunds = new HashMap<>();
    final Map<UUID, TakenKeyRow> keys = new HashMap<>();
    final Map<UUID, UUID> payoutEnds = new HashMap<>();
    final Set<UUID> bankReferences = new HashSet<>();

    private final Limits limits;

    public MemoryBooks(Limits limits) {
        this.limits = limits;
    }

    /** Decides a batch on what the books say and adds its rows. */
    public List<GroupOutcome> post(List<Unit> units, int lane, Instant now) {
        var view = new MemoryView(this, lane).of(units);
        var decision = Decider.decide(view, units, lane, now, limits);
        apply(decision);
        assertThat(decision.outcomes()).as("one outcome per unit").hasSameSizeAs(units);
        return decision.outcomes().stream().map(GroupOutcome.class::cast).toList();
    }

    /** What the user has in this currency; empty when there is no such wallet. */
    public Optional<Money> balance(String userId, CurrencyCode currency) {
        var history = entries.get(AccountName.wallet(userId, currency).id());
        return history == null
                ? Optional.empty()
                : Optional.of(new Money(history.getLast().balanceAfter(), currency));
    }

    private void apply(BatchDecision decision) {
        for (var transaction : decision.transactions()) {
            assertThat(transactions.put(transaction.id(), transaction))
                    .as("transaction_ids_are_unique: %s", transaction)
                    .isNull();
        }
        for (var opened : decision.accounts()) {
            open(opened);
        }
        for (var entry : decision.entries()) {
            append(entry);
        }
        for (var share : decision.refunds()) {
            refund(share);
        }
        for (var credited : decision.bankReferences()) {
            assertThat(bankReferences.add(credited.reference()))
                    .as("bank_transactions_are_credited_once")
                    .isTrue();
        }
        for (var end : decision.payoutEnds()) {
            assertThat(payoutEnds.put(end.payoutId(), end.transactionId()))
                    .as("payouts_end_once")
                    .isNull();
        }
        for (var row : decision.keys()) {
            assertThat(keys.put(row.key().id(), row)).as("keys_have_one_transaction").isNull();
            assertThat(transactions).containsKey(row.transactionId());
        }
        for (var transaction : decision.transactions()) {
            checkEntries(transaction);
        }
    }

    private void open(OpenedAccount opened) {
        assertThat(accounts.put(opened.name().id(), opened.name()))
                .as("account_ids_are_unique: %s", opened)
                .isNull();
        assertThat(transactions).containsKey(opened.openingTransactionId());
    }

    private void append(Entry entry) {
        assertThat(accounts).containsKey(entry.accountId());
        var history = entries.computeIfAbsent(entry.accountId(), _ -> new ArrayList<>());
        assertThat(entry.version()).as("versions are gapless").isEqualTo(history.size() + 1L);
        long before = history.isEmpty() ? 0 : history.getLast().balanceAfter();
        assertThat(entry.balanceAfter()).isEqualTo(Math.addExact(before, entry.amount()));
        var floor = entry.floor();
        assertThat(entry.amount() >= 0 || floor == null || entry.balanceAfter() >= floor)
                .as("debits_respect_the_floor: %s", entry)
                .isTrue();
        if (!history.isEmpty()) {
            assertThat(entry.createdAt()).isAfterOrEqualTo(history.getLast().createdAt());
        }
        history.add(entry);
    }

    private void refund(RefundShare share) {
        var shares = refunds.computeIfAbsent(share.purchaseId(), _ -> new ArrayList<>());
        var purchase = existing(transactions, share.purchaseId());
        assertThat(purchase.type()).isEqualTo(TransactionType.PURCHASE);
        assertThat(purchase.isPosted()).isTrue();
        var paid = Objects.requireNonNull(purchase.amount());
        assertThat(share.purchaseAmount()).isEqualTo(paid.minorUnits());
        assertThat(share.number()).as("refund numbers are gapless").isEqualTo(shares.size() + 1);
        long before = shares.isEmpty() ? 0 : shares.getLast().refundedAfter();
        assertThat(share.amount()).as("refunds_are_positive").isPositive();
        assertThat(share.refundedAfter()).isEqualTo(before + share.amount());
        assertThat(share.refundedAfter())
                .as("refunds_do_not_exceed_the_purchase")
                .isLessThanOrEqualTo(share.purchaseAmount());
        shares.add(share);
    }

    private void checkEntries(Transaction transaction) {
        var sums = new HashMap<CurrencyCode, Long>();
        for (EntryKey key : transaction.entries()) {
            var entry = existing(entries, key.accountId()).get((int) key.version() - 1);
            assertThat(entry.transactionId()).isEqualTo(transaction.id());
            var currency = existing(accounts, key.accountId()).currency();
            if (currency == null) {
                assertThat(entry.amount()).as("anchors move nothing").isZero();
            } else {
                sums.merge(currency, entry.amount(), Math::addExact);
            }
        }
        assertThat(sums.values()).as("entries sum to zero").allMatch(sum -> sum == 0);
        assertThat(transaction.entries().isEmpty())
                .as("only rejected transactions have no entries")
                .isEqualTo(!transaction.isPosted());
    }

    /** Fails unless every entry belongs to its transaction and all balances add up to zero. */
    public void check() {
        var sums = new HashMap<CurrencyCode, Long>();
        long count = 0;
        for (var account : accounts.values()) {
            var history = existing(entries, account.id());
            count += history.size();
            var currency = account.currency();
            if (currency != null) {
                sums.merge(currency, history.getLast().balanceAfter(), Math::addExact);
            }
            if (account.kind() == AccountKind.WALLET) {
                var anchor = existing(entries, AccountName.anchor(account.owner()).id());
                assertThat(history.getLast().status()).isEqualTo(anchor.getLast().status());
            }
        }
        assertThat(sums.values()).as("balances sum to zero: %s", sums).allMatch(sum -> sum == 0);
        assertThat(transactions.values().stream().mapToLong(t -> t.entries().size()).sum())
                .as("every entry is named by its transaction")
                .isEqualTo(count);
    }

    private static <T> T existing(Map<UUID, T> rows, UUID id) {
        return Objects.requireNonNull(rows.get(id), "a row is missing in the books");
    }
}
