package digitalwallet.ledger.reading;

import static digitalwallet.ledger.lane.EngineFixture.USD;
import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.newId;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.HistoryPage.Item;
import digitalwallet.ledger.reading.TransactionPage.Party;
import digitalwallet.ledger.reading.TransactionPage.Status;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadersIT {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);
    private final WalletReader wallets = new WalletReader(books.dataSource());
    private final HistoryReader histories = new HistoryReader(books.dataSource());
    private final TransactionReader transactions = new TransactionReader(books.dataSource());
    private final OutcomeReader outcomes = new OutcomeReader(books.dataSource());
    private final PostingEngine engine = books.engine(1);

    @AfterEach
    void the_engine_stops() {
        engine.close();
    }

    private Outcome post(Command command) {
        return await(engine.submit(command));
    }

    private static UUID id(Command command) {
        return command.header().transactionId();
    }

    private List<Item> history() {
        return histories.history("alice", HistoryPage.Filter.ALL, null, 200).orElseThrow().items();
    }

    @Test
    void a_wallet_shows_its_balances_by_currency_and_the_users_status() {
        post(deposit("alice", 12_34));
        post(new Command.Open(header(null), "alice", EUR));
        post(withdraw("alice", 34));

        var wallet = wallets.wallet("alice").orElseThrow();
        assertThat(wallet.balances())
                .containsExactly(
                        new Outcome.Balance(Money.zero(EUR), 1),
                        new Outcome.Balance(usd(12_00), 2));
        assertThat(wallet.status()).isEqualTo(AccountStatus.OPEN);
        assertThat(wallet.openedAt()).isEqualTo(history().getLast().createdAt());

        post(new Command.Freeze(header(null), "alice", AccountStatus.DEBITS_FROZEN));
        assertThat(wallets.wallet("alice").orElseThrow().status())
                .isEqualTo(AccountStatus.DEBITS_FROZEN);
        assertThat(wallets.wallet("bob")).isEmpty();
    }

    @Test
    void a_balance_is_read_now_and_at_any_time() {
        for (int i = 1; i <= 9; i++) {
            post(deposit("alice", 1_00));
        }
        var items = history().reversed();
        for (int i = 0; i < items.size(); i++) {
            var at = wallets.balance("alice", USD, items.get(i).createdAt()).orElseThrow();
            assertThat(at.amount()).isEqualTo(usd(at.version() * 100));
            assertThat(at.changedAt()).isEqualTo(items.get(i).createdAt());
            assertThat(at.version()).isGreaterThan(i);
        }
        assertThat(wallets.balance("alice", USD, null).orElseThrow().version()).isEqualTo(9);
        assertThat(wallets.balance("alice", USD, Instant.MAX).orElseThrow().version()).isEqualTo(9);
        assertThat(wallets.balance("alice", USD, LONG_AGO))
                .contains(new BalanceAt(usd(0), 0, null));
        assertThat(wallets.balance("alice", USD, Instant.MIN).orElseThrow().version()).isZero();
        assertThat(wallets.balance("alice", EUR, null)).isEmpty();
        assertThat(wallets.balance("bob", USD, Instant.MAX)).isEmpty();
    }

    @Test
    void found_pages_hold_what_was_there_at_the_first_one_while_transactions_arrive() {
        for (int i = 0; i < 7; i++) {
            post(deposit("alice", 100 + i));
            post(withdraw("alice", 999_00));
        }
        var rejected =
                new TransactionPage.Filter(
                        null, null, null, null, Set.of(), Status.REJECTED, null, null, null);
        var before = found(rejected);

        var seen = new ArrayList<UUID>();
        UUID position = null;
        do {
            var page = transactions.transactions(rejected, position, 2);
            page.transactions().forEach(transaction -> seen.add(transaction.id()));
            position = page.next();
            post(withdraw("alice", 999_00));
        } while (position != null);
        assertThat(seen).isEqualTo(before).hasSize(7);
        assertThat(history()).hasSize(7);
    }

    @Test
    void a_transaction_is_read_with_its_details_and_entries() {
        var details = new Details(newId(), "bt-1", "first", "why", new TreeMap<>(Map.of("k", "v")));
        var reference = newId();
        var header =
                new Command.Header(
                        newId(), new Initiator("eve", "desk", "support"), details, reference, null);
        var deposited = (Outcome.Posted) post(new Command.Deposit(header, "alice", usd(5_00)));

        var view = transactions.transaction(header.transactionId()).orElseThrow();
        assertThat(view.transaction()).isEqualTo(deposited.transaction());
        assertThat(view.transaction().details()).isEqualTo(details);
        assertThat(view.entries())
                .extracting(e -> e.account().kind())
                .containsExactlyInAnyOrder(
                        AccountKind.WALLET, AccountKind.BANK, AccountKind.ANCHOR);
        assertThat(view.entries()).extracting(e -> e.entry().amount()).contains(5_00L, -5_00L, 0L);

        var refused = withdraw("alice", 6_00);
        post(refused);
        var rejected = transactions.transaction(id(refused)).orElseThrow();
        assertThat(rejected.transaction().rejection())
                .isEqualTo(new Rejection.InsufficientFunds(usd(5_00), usd(6_00)));
        assertThat(rejected.entries()).isEmpty();
        assertThat(transactions.transaction(newId())).isEmpty();
    }

    @Test
    void recorded_outcomes_are_the_first_answers() {
        var deposit = deposit("alice", 5_00);
        var posted = (Outcome.Posted) post(deposit);
        var withdrawal = withdraw("alice", 6_00);
        var rejected = (Outcome.Rejected) post(withdrawal);
        var freeze = new Command.Freeze(header(null), "alice", AccountStatus.FROZEN);
        var frozen = (Outcome.Posted) post(freeze);

        assertThat(outcomes.outcome(id(deposit))).contains(posted.withReplayed(true));
        assertThat(outcomes.outcome(id(withdrawal)))
                .contains(new Outcome.Rejected(rejected.transaction(), true));
        assertThat(outcomes.outcome(id(freeze)))
                .contains(new Outcome.Posted(frozen.transaction(), null, List.of(), true));
        assertThat(outcomes.outcome(newId())).isEmpty();
    }

    @Test
    void transactions_are_searched_by_everything_the_filter_names() {
        var bought = new Command.Purchase(header(null), "alice", usd(2_00), "order-1");
        var refused = new Command.Purchase(header(null), "alice", usd(200_00), "order-1");
        var reference = newId();
        var credit =
                new Command.Header(
                        newId(),
                        new Initiator("eve", "desk", "support"),
                        Details.NONE,
                        reference,
                        null);
        post(deposit("alice", 10_00));
        post(bought);
        post(refused);
        post(new Command.Deposit(credit, "alice", usd(1_00)));

        assertThat(found(of("order-1", null, null, null, Set.of())))
                .containsExactlyInAnyOrder(id(bought), id(refused));
        assertThat(found(of("order-1", null, null, Status.REJECTED, Set.of())))
                .containsExactly(id(refused));
        assertThat(found(of(null, reference, null, null, Set.of())))
                .containsExactly(credit.transactionId());
        assertThat(found(of(null, null, "eve", null, Set.of())))
                .containsExactly(credit.transactionId());
        var purchases = Set.of(TransactionType.PURCHASE);
        assertThat(found(of(null, null, "shop", Status.POSTED, purchases)))
                .containsExactly(id(bought));
        assertThat(found(TransactionPage.Filter.ALL)).hasSize(4);
        assertThat(found(of(Party.payer("alice"), null))).hasSize(4);
        assertThat(found(of(Party.any("bob"), null))).isEmpty();
        assertThat(found(of(Party.any("alice"), CurrencyCode.of("EUR")))).isEmpty();
    }

    private static TransactionPage.Filter of(
            @Nullable String orderId,
            @Nullable UUID bankReference,
            @Nullable String initiatedBy,
            @Nullable Status status,
            Set<TransactionType> types) {
        return new TransactionPage.Filter(
                null, orderId, bankReference, initiatedBy, types, status, null, null, null);
    }

    private static TransactionPage.Filter of(Party party, @Nullable CurrencyCode currency) {
        return new TransactionPage.Filter(
                party, null, null, null, Set.of(), null, currency, null, null);
    }

    @Test
    void found_transactions_are_bounded_by_time_and_come_in_pages() {
        for (int i = 0; i < 9; i++) {
            post(deposit("alice", 100 + i));
        }
        var all = transactions.transactions(TransactionPage.Filter.ALL, null, 200).transactions();
        assertThat(all).hasSize(9);
        var from = all.get(6).createdAt();
        var to = all.get(1).createdAt();
        var bounded =
                new TransactionPage.Filter(null, null, null, null, Set.of(), null, null, from, to);

        assertThat(found(bounded))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream()
                                .filter(t -> !t.createdAt().isBefore(from))
                                .filter(t -> t.createdAt().isBefore(to))
                                .map(t -> t.id())
                                .toList())
                .isNotEmpty();
        assertThat(
                        found(
                                new TransactionPage.Filter(
                                        null, null, null, null, Set.of(), null, null, null,
                                        LONG_AGO)))
                .isEmpty();
    }

    /** The ids on all pages of two. */
    private List<UUID> found(TransactionPage.Filter filter) {
        var ids = new ArrayList<UUID>();
        UUID position = null;
        do {
            var page = transactions.transactions(filter, position, 2);
            page.transactions().forEach(transaction -> ids.add(transaction.id()));
            position = page.next();
        } while (position != null);
        assertThat(ids).doesNotHaveDuplicates();
        return ids;
    }
}
