package digitalwallet.ledger.reading;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.HistoryPage.Item;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HistoryReaderIT {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final CurrencyCode JPY = CurrencyCode.of("JPY");
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);
    private final HistoryReader histories = new HistoryReader(books.dataSource());
    private final PostingEngine engine = books.engine(1);

    @AfterEach
    void the_engine_stops() {
        engine.close();
    }

    private Outcome post(Command command) {
        return await(engine.submit(command));
    }

    private List<Item> history(HistoryPage.Filter filter) {
        return histories.history("alice", filter, null, 200).orElseThrow().items();
    }

    /** All pages of this size. */
    private List<Item> paged(HistoryPage.Filter filter, int limit) {
        var items = new ArrayList<Item>();
        HistoryPage.Position position = null;
        do {
            var page = histories.history("alice", filter, position, limit).orElseThrow();
            items.addAll(page.items());
            position = page.next();
        } while (position != null);
        return items;
    }

    @Test
    void a_history_has_one_item_per_posted_transaction_newest_first() {
        post(deposit("alice", 10_00));
        post(deposit("bob", 1_00));
        post(transfer("alice", "bob", 4_00));
        post(withdraw("alice", 99_00));
        post(transfer("bob", "alice", 50));
        post(new Command.Freeze(header(null), "alice", AccountStatus.FROZEN));

        var items = history(HistoryPage.Filter.ALL);
        assertThat(items)
                .extracting(Item::amount)
                .containsExactly(usd(0), usd(50), usd(-4_00), usd(10_00));
        assertThat(items)
                .extracting(Item::balanceAfter)
                .containsExactly(usd(6_50), usd(6_50), usd(6_00), usd(10_00));
        assertThat(items).extracting(Item::version).containsExactly(4L, 3L, 2L, 1L);
        assertThat(items).extracting(Item::counterparty).containsExactly(null, "bob", "bob", null);
        assertThat(items.getFirst().transaction().type()).isEqualTo(TransactionType.FREEZE);
        assertThat(items.getFirst().status()).isEqualTo(AccountStatus.FROZEN);
        assertThat(histories.history("carol", HistoryPage.Filter.ALL, null, 10)).isEmpty();
    }

    @Test
    void pages_of_several_currencies_join_without_gap_or_repetition() {
        for (int i = 0; i < 12; i++) {
            post(deposit("alice", 100 + i));
            post(new Command.Deposit(header(null), "alice", new Money(i + 1, EUR)));
        }
        // Entries of one time in both currencies, each shown once.
        post(new Command.Freeze(header(null), "alice", AccountStatus.FROZEN));
        post(new Command.Unfreeze(header(null), "alice"));

        var all = history(HistoryPage.Filter.ALL);
        assertThat(all).hasSize(26);
        assertThat(all).extracting(i -> i.transaction().id()).doesNotHaveDuplicates();
        assertThat(all).extracting(Item::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        for (int limit : new int[] {1, 3, 7, 26}) {
            assertThat(paged(HistoryPage.Filter.ALL, limit)).isEqualTo(all);
        }
        var euros = new HistoryPage.Filter(Set.of(), null, null, EUR);
        assertThat(paged(euros, 5)).hasSize(14).allMatch(i -> i.amount().currency() == EUR);
        var unfreezes = new HistoryPage.Filter(Set.of(TransactionType.UNFREEZE), null, null, null);
        assertThat(paged(unfreezes, 1)).hasSize(1);
    }

    @Test
    void pages_hold_what_was_there_at_the_first_one_while_entries_arrive() {
        for (int i = 0; i < 10; i++) {
            post(deposit("alice", 100 + i));
            post(new Command.Deposit(header(null), "alice", new Money(i + 1, JPY)));
        }
        var before = history(HistoryPage.Filter.ALL);

        var seen = new ArrayList<Item>();
        HistoryPage.Position position = null;
        do {
            var page =
                    histories.history("alice", HistoryPage.Filter.ALL, position, 3).orElseThrow();
            seen.addAll(page.items());
            position = page.next();
            post(deposit("alice", 1));
            post(new Command.Deposit(header(null), "alice", new Money(1, JPY)));
        } while (position != null);
        assertThat(seen).isEqualTo(before);
        assertThat(before.getFirst().balanceAfter()).isEqualTo(new Money(55, JPY));
        assertThat(before.getFirst().balanceAfter().toDecimal()).isEqualTo("55");
    }

    @Test
    void a_history_is_bounded_by_time_from_inclusive_to_exclusive() {
        for (int i = 0; i < 8; i++) {
            post(deposit("alice", 100 + i));
        }
        var all = history(HistoryPage.Filter.ALL);
        var from = all.get(5).createdAt();
        var to = all.get(2).createdAt();

        var bounded = new HistoryPage.Filter(Set.of(), from, to, null);
        var expected =
                all.stream()
                        .filter(i -> !i.createdAt().isBefore(from) && i.createdAt().isBefore(to))
                        .toList();
        assertThat(paged(bounded, 2)).isEqualTo(expected).isNotEmpty();
        assertThat(history(new HistoryPage.Filter(Set.of(), null, LONG_AGO, null))).isEmpty();
        assertThat(history(new HistoryPage.Filter(Set.of(), LONG_AGO, null, null))).isEqualTo(all);
    }
}
