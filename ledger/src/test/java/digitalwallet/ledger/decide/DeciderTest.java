package digitalwallet.ledger.decide;

import static digitalwallet.ledger.decide.Fixture.BEFORE;
import static digitalwallet.ledger.decide.Fixture.EUR;
import static digitalwallet.ledger.decide.Fixture.bank;
import static digitalwallet.ledger.decide.Fixture.deposit;
import static digitalwallet.ledger.decide.Fixture.header;
import static digitalwallet.ledger.decide.Fixture.id;
import static digitalwallet.ledger.decide.Fixture.inShort;
import static digitalwallet.ledger.decide.Fixture.names;
import static digitalwallet.ledger.decide.Fixture.purchase;
import static digitalwallet.ledger.decide.Fixture.refund;
import static digitalwallet.ledger.decide.Fixture.refundOf;
import static digitalwallet.ledger.decide.Fixture.sales;
import static digitalwallet.ledger.decide.Fixture.transfer;
import static digitalwallet.ledger.decide.Fixture.usd;
import static digitalwallet.ledger.decide.Fixture.walletOf;
import static digitalwallet.ledger.decide.Fixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Outcome.Balance;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction.EntryKey;
import digitalwallet.ledger.decide.BatchDecision.CreditedBankReference;
import digitalwallet.ledger.decide.BatchDecision.OpenedAccount;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows a decision consists of. What is rejected, and in which order, is tested in words. */
class DeciderTest {

    @Test
    void a_first_deposit_opens_the_wallet_the_bank_and_the_anchor_in_this_order() {
        var decision = new Fixture().decide(deposit(1, "alice", "10.00"));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v1 10.00 = 10.00 floor 0, open",
                        "bank v1 -10.00 = -10.00 no floor, open",
                        "alice v1 0.00 = 0.00 no floor, open");
        assertThat(decision.accounts())
                .containsExactly(
                        new OpenedAccount(walletOf("alice"), id(1)),
                        new OpenedAccount(bank(), id(1)),
                        new OpenedAccount(AccountName.anchor("alice"), id(1)));
        var transaction = decision.transactions().getFirst();
        assertThat(transaction.entries())
                .containsExactly(
                        new EntryKey(walletOf("alice").id(), 1),
                        new EntryKey(bank().id(), 1),
                        new EntryKey(AccountName.anchor("alice").id(), 1));
        assertThat(Fixture.outcome(decision, 0))
                .isEqualTo(
                        new Outcome.Posted(
                                transaction, new Balance(usd("10.00"), 1), List.of(), false));
    }

    @Test
    void a_deposit_in_another_currency_takes_a_version_of_the_anchor_and_its_status() {
        var decision =
                new Fixture()
                        .anchor("alice", AccountStatus.DEBITS_FROZEN, 7)
                        .decide(deposit(1, "alice", "10.00"));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v1 10.00 = 10.00 floor 0, debits_frozen",
                        "bank v1 -10.00 = -10.00 no floor, open",
                        "alice v8 0.00 = 0.00 no floor, debits_frozen");
    }

    @Test
    void a_transfer_moves_the_money_of_the_sender_first() {
        var decision =
                new Fixture()
                        .wallet("alice", "10.00", 4)
                        .wallet("bob", "1.00", 9)
                        .decide(transfer(1, "alice", "bob", "10.00"));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v5 -10.00 = 0.00 floor 0, open",
                        "bob/USD v10 10.00 = 11.00 floor 0, open");
        assertThat(decision.accounts()).isEmpty();
        assertThat(decision.transactions().getFirst().toUserId()).isEqualTo("bob");
        assertThat(Fixture.outcome(decision, 0))
                .isInstanceOfSatisfying(
                        Outcome.Posted.class,
                        posted ->
                                assertThat(posted.balance())
                                        .isEqualTo(new Balance(usd("0.00"), 5)));
    }

    @Test
    void a_transfer_opens_the_wallet_of_a_known_receiver() {
        var decision =
                new Fixture()
                        .wallet("alice", "10.00", 1)
                        .anchor("bob", AccountStatus.OPEN, 2)
                        .decide(transfer(1, "alice", "bob", "4.00"));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v2 -4.00 = 6.00 floor 0, open",
                        "bob/USD v1 4.00 = 4.00 floor 0, open",
                        "bob v3 0.00 = 0.00 no floor, open");
    }

    @Test
    void each_command_sees_the_effects_of_those_before_it() {
        var decision =
                new Fixture()
                        .decide(
                                deposit(1, "alice", "10.00"),
                                deposit(2, "alice", "5.00"),
                                withdraw(3, "alice", "15.01"),
                                purchase(4, "alice", "15.00", null));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v1 10.00 = 10.00 floor 0, open",
                        "bank v1 -10.00 = -10.00 no floor, open",
                        "alice v1 0.00 = 0.00 no floor, open",
                        "alice/USD v2 5.00 = 15.00 floor 0, open",
                        "bank v2 -5.00 = -15.00 no floor, open",
                        "alice/USD v3 -15.00 = 0.00 floor 0, open",
                        "sales v1 15.00 = 15.00 no floor, open");
        assertThat(decision.transactions().get(2).rejection())
                .isEqualTo(new Rejection.InsufficientFunds(usd("15.00"), usd("15.01")));
        assertThat(decision.transactions().get(2).entries()).isEmpty();
    }

    @Test
    void a_debit_may_go_down_to_the_floor_whatever_it_is() {
        var overdraft = new Fixture();
        overdraft.account(walletOf("alice"), 500, -1000L, 2, AccountStatus.OPEN, BEFORE);

        var rejected = overdraft.decide(withdraw(1, "alice", "15.01")).transactions().getFirst();
        assertThat(rejected.rejection())
                .isEqualTo(new Rejection.InsufficientFunds(usd("15.00"), usd("15.01")));
        assertThat(inShort(overdraft.decide(withdraw(1, "alice", "15.00")), names()))
                .contains("alice/USD v3 -15.00 = -10.00 floor -1000, open");
    }

    @Test
    void a_freeze_takes_a_version_of_every_wallet_and_of_the_anchor() {
        var decision =
                new Fixture()
                        .wallet("alice", "10.00", 4)
                        .anchor("alice", AccountStatus.OPEN, 2)
                        .concerned("alice", walletOf("alice"))
                        .decide(
                                new Command.Deposit(header(1), "alice", new Money(7, EUR)),
                                new Command.Freeze(header(2), "alice", AccountStatus.FROZEN));

        assertThat(inShort(decision, names()).subList(3, 6))
                .containsExactly(
                        "alice/USD v5 0.00 = 10.00 floor 0, frozen",
                        "alice/EUR v2 0.00 = 0.07 floor 0, frozen",
                        "alice v4 0.00 = 0.00 no floor, frozen");
        assertThat(decision.transactions().get(1).amount()).isNull();
        assertThat(Fixture.outcome(decision, 1))
                .isEqualTo(
                        new Outcome.Posted(decision.transactions().get(1), null, List.of(), false));
    }

    @Test
    void refunds_of_an_order_are_numbered_on_from_the_books() {
        var decision =
                new Fixture()
                        .wallet("alice", "50.00", 4)
                        .purchase(id(101), "alice", "o1", 1000, 1000, 3)
                        .purchase(id(102), "alice", "o1", 1000, 400, 2)
                        .decide(
                                purchase(1, "alice", "20.00", "o1"),
                                refund(2, "alice", "7.00", "o1"),
                                refundOf(3, "alice", "19.00", id(1)));

        assertThat(decision.refunds())
                .containsExactly(
                        new RefundShare(id(102), 3, id(2), 600, 1000, 1000),
                        new RefundShare(id(1), 1, id(2), 100, 100, 2000),
                        new RefundShare(id(1), 2, id(3), 1900, 2000, 2000));
        assertThat(inShort(decision, names())).contains("sales v2 -7.00 = 13.00 no floor, open");
        assertThat(decision.transactions().get(2).relatedTransactionId()).isEqualTo(id(1));
        assertThat(decision.transactions().get(1).orderId()).isEqualTo("o1");
    }

    @Test
    void a_rejected_group_leaves_only_the_rejection() {
        var decision =
                new Fixture()
                        .decideTogether(
                                deposit(1, "alice", "1.00"),
                                withdraw(2, "alice", "2.00"),
                                deposit(3, "alice", "9.00"));

        assertThat(decision.transactions()).hasSize(1);
        assertThat(decision.transactions().getFirst().id()).isEqualTo(id(2));
        assertThat(decision.entries()).isEmpty();
        assertThat(decision.accounts()).isEmpty();
        assertThat(decision.outcomes())
                .containsExactly(
                        new GroupOutcome.Failed(
                                1,
                                new Outcome.Rejected(decision.transactions().getFirst(), false)));
    }

    @Test
    void a_deposit_marks_its_bank_transaction_and_a_withdrawal_does_not() {
        var reference = id(900);
        var header =
                new Command.Header(
                        id(1), header(1).initiator(), header(1).details(), reference, null);
        var deposited = new Fixture().decide(new Command.Deposit(header, "alice", usd("1.00")));
        var withdrawn =
                new Fixture()
                        .wallet("alice", "1.00", 1)
                        .decide(new Command.Withdraw(header, "alice", usd("1.00")));

        assertThat(deposited.bankReferences())
                .containsExactly(new CreditedBankReference(reference, id(1)));
        assertThat(withdrawn.bankReferences()).isEmpty();
        assertThat(withdrawn.transactions().getFirst().bankReference()).isEqualTo(reference);
    }

    @Test
    void system_accounts_go_on_from_their_last_version() {
        var decision =
                new Fixture()
                        .wallet("alice", "1.00", 1)
                        .account(sales(), 700, null, 12, AccountStatus.OPEN, BEFORE)
                        .decide(purchase(1, "alice", "1.00", null));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v2 -1.00 = 0.00 floor 0, open",
                        "sales v13 1.00 = 8.00 no floor, open");
        assertThat(decision.accounts()).isEmpty();
    }

    @Test
    void a_view_that_contradicts_itself_is_a_mistake_of_the_program() {
        var fixture =
                new Fixture()
                        .anchor("alice", AccountStatus.OPEN, 1)
                        .concerned("alice", walletOf("alice"));
        var freeze = new Command.Freeze(header(1), "alice", AccountStatus.FROZEN);

        assertThatIllegalStateException().isThrownBy(() -> fixture.decide(freeze));
    }

    @Test
    void an_empty_batch_decides_nothing() {
        var decision = new Fixture().decide(List.of());

        assertThat(decision.isEmpty()).isTrue();
        assertThat(decision.outcomes()).isEmpty();
    }
}
