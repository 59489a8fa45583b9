package digitalwallet.ledger.scenario;

import digitalwallet.ledger.scenario.Scenario.Line;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The order of the rejections, one line per case: what is expected, what was done before, and the
 * command, against which everything after its rejection in the order speaks, too, as far as that
 * can be. A sender is looked at before a receiver within one kind of rejection. To fill a wallet
 * leaves room for 58.07 in it.
 */
class RejectionOrderTest {

    private static final String LARGEST = "9223372036854.77";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount_too_large  |                                  | transfer nobody -> nobody 9223372036854.78
                    same_wallet       |                                  | transfer nobody -> nobody 1.00
                    same_wallet       | open a; close a                  | transfer a -> a 1.00
                    wallet_not_found  | open b; close b                  | transfer nobody -> b 1.00
                    wallet_not_found  | open a; close a                  | transfer a -> nobody 1.00
                    wallet_not_found  | open a; freeze a                 | transfer a -> nobody 1.00 EUR
                    wallet_closed     | open a; close a; open b; freeze b | transfer a -> b 1.00
                    wallet_closed     | open a; freeze a; open b; close b | transfer a -> b 1.00
                    wallet_closed     | open a; close a; open b          | transfer a -> b 1.00 EUR
                    wallet_closed     | open a; open b; close b          | transfer a -> b 1.00 EUR
                    wallet_frozen     | open a; freeze a; open b         | transfer a -> b 1.00 EUR
                    wallet_frozen     | open a; freeze a debits; open b  | transfer a -> b 1.00
                    wallet_frozen     | open a; open b; freeze b         | transfer a -> b 1.00 EUR
                    wallet_frozen     | open a; open b; freeze b credits | transfer a -> b 1.00
                    currency_mismatch | open a; open b                   | transfer a -> b 1.00 EUR
                    currency_mismatch | fill b EUR; open a           | transfer a -> b 60.00 EUR
                    insufficient_funds | fill b; open a              | transfer a -> b 60.00
                    insufficient_funds | open a; open b EUR              | transfer a -> b 0.01
                    balance_too_large | fill b; open a; refund a 60.00 | transfer a -> b 60.00
                    """)
    void of_a_transfer(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount_too_large | open a; close a                   | a deposits 9223372036854.78
                    wallet_closed    | open a; freeze a; close a         | a deposits 1.00
                    wallet_closed    | open a; close a                   | a deposits 1.00 EUR
                    wallet_closed    | b deposits 1.00 bank r; open a; close a | a deposits 1.00 bank r
                    wallet_frozen    | b deposits 1.00 bank r; open a; freeze a | a deposits 1.00 bank r
                    wallet_frozen    | open a; freeze a credits          | a deposits 1.00 EUR
                    bank_transaction_already_used | fill a; a deposits 1.00 bank r | a deposits 60.00 bank r
                    bank_transaction_already_used | a deposits 1.00 bank r | b deposits 1.00 bank r
                    balance_too_large | fill a                       | a deposits 58.08
                    balance_too_large | fill a                       | b deposits 58.09
                    """)
    void of_a_deposit(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount_too_large   |                                  | nobody withdraws 9223372036854.78
                    wallet_not_found   |                                  | nobody withdraws 1.00
                    wallet_closed      | open a; freeze a; close a        | a withdraws 1.00
                    wallet_closed      | open a; close a                  | a withdraws 1.00 EUR
                    wallet_frozen      | open a; freeze a debits          | a withdraws 1.00
                    wallet_frozen      | open a; freeze a                 | a withdraws 1.00 EUR
                    currency_mismatch  | open a                           | a withdraws 1.00 EUR
                    insufficient_funds | open a                           | a withdraws 0.01
                    amount_too_large   |                                  | nobody buys 9223372036854.78
                    wallet_not_found   |                                  | nobody buys 1.00
                    wallet_closed      | open a; freeze a; close a        | a buys 1.00
                    wallet_closed      | open a; close a                  | a buys 1.00 EUR
                    wallet_frozen      | open a; freeze a debits          | a buys 1.00
                    wallet_frozen      | open a; freeze a                 | a buys 1.00 EUR
                    currency_mismatch  | open a                           | a buys 1.00 EUR
                    insufficient_funds | open a                           | a buys 0.01
                    """)
    void of_a_withdrawal_or_purchase(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount_too_large  |                                  | refund nobody 9223372036854.78 purchase none
                    wallet_not_found  |                                  | refund nobody 1.00 purchase none
                    wallet_closed     | open a; freeze a; close a        | refund a 1.00 purchase none
                    wallet_closed     | open a; close a                  | refund a 1.00 EUR purchase none
                    wallet_frozen     | open a; freeze a credits         | refund a 1.00 purchase none
                    wallet_frozen     | open a; freeze a                 | refund a 1.00 EUR purchase none
                    currency_mismatch | open a                           | refund a 1.00 EUR purchase none
                    purchase_not_found | open a                          | refund a 1.00 purchase none
                    purchase_not_found | a deposits 1.00; p: a buys 1.00 order o | refund a 2.00 order q purchase p
                    refund_exceeds_purchase | fill a; p: a buys 1.00 | refund a 60.00 purchase p
                    refund_exceeds_purchase | a deposits 1.00; a buys 1.00 order o | refund a 1.01 order o
                    balance_too_large | fill a; p: a buys 60.00; refund a 60.00 | refund a 60.00 purchase p
                    balance_too_large | fill a                       | refund a 58.08
                    """)
    void of_a_refund(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount_too_large   |                           | nobody pays out 9223372036854.78
                    wallet_not_found   |                           | nobody pays out 1.00
                    wallet_closed      | open a; freeze a; close a | a pays out 1.00
                    wallet_frozen      | open a; freeze a debits   | a pays out 1.00 EUR
                    currency_mismatch  | open a                    | a pays out 1.00 EUR
                    insufficient_funds | open a                    | a pays out 0.01
                    payout_not_found   |                           | return nobody 9223372036854.78 payout p
                    payout_not_found   | fill a; p: a pays out 1.00; return a 1.00 payout p | return a 60.00 payout p
                    payout_already_ended | fill a; p: a pays out 60.00; settle a 60.00 payout p; refund a 60.00 | return a 60.00 payout p
                    balance_too_large  | fill a; p: a pays out 60.00; refund a 60.00 | return a 60.00 payout p
                    """)
    void of_a_payout_and_its_end(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wallet_exists         | open a                       | open a
                    wallet_exists         | open a; close a              | open a
                    wallet_closed         | open a; freeze a; close a    | open a EUR
                    wallet_frozen         | open a; freeze a             | open a EUR
                    wallet_frozen         | open a; freeze a debits      | open a EUR
                    wallet_frozen         | open a; freeze a credits     | open a EUR
                    wallet_not_found      |                              | freeze nobody
                    wallet_closed         | open a; freeze a; close a    | freeze a
                    wallet_already_frozen | open a; freeze a             | freeze a
                    wallet_already_frozen | open a; freeze a debits      | freeze a debits
                    wallet_already_frozen | open a; freeze a credits     | freeze a credits
                    wallet_not_found      |                              | unfreeze nobody
                    wallet_closed         | open a; freeze a; close a    | unfreeze a
                    wallet_not_frozen     | open a                       | unfreeze a
                    wallet_not_frozen     | open a; freeze a; unfreeze a | unfreeze a
                    wallet_not_found      |                              | close nobody
                    wallet_closed         | open a; close a              | close a
                    balance_not_zero      | a deposits 0.01              | close a
                    balance_not_zero      | open a; a deposits 1 JPY; freeze a | close a
                    balance_not_zero      | a deposits 2.00; a pays out 1.00   | close a
                    payout_in_transit     | a deposits 1.00; a pays out 1.00   | close a
                    """)
    void of_what_concerns_the_user(String code, @Nullable String before, String command) {
        expect(code, before, command);
    }

    private static void expect(String code, @Nullable String before, String command) {
        var wallets = MemoryWallets.limitedTo(LARGEST);
        var lines = new ArrayList<Line>();
        if (before != null) {
            for (var step : before.split(";", -1)) {
                lines.add(new Line(lines.size() + 1, step.strip()));
            }
            if (before.startsWith("fill ")) {
                var words = new Words(lines.removeFirst().text());
                words.expect("fill");
                wallets.fill(words.next(), RequestReader.currency(words));
            }
        }
        lines.add(new Line(lines.size() + 1, command + " => rejected " + code));
        ScenarioRunner.run(new Scenario("order", command, "", lines), wallets);
        wallets.check();
    }
}
