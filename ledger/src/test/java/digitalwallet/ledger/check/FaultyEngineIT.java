package digitalwallet.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engine could get wrong in what it has just written: the incremental check finds it. */
final class FaultyEngineIT {

    private static final EngineFixture BOOKS = EngineFixture.books(PostgresVersion.V18);
    private static final String TRANSFERRED =
            " WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0";

    @BeforeAll
    static void books_are_written() {
        try (var engine = BOOKS.engine(1)) {
            MixedBooks.small(engine);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    money is created | UPDATE entry SET amount = amount + 1, balance_after = balance_after + 1 {transferred} RETURNING transaction_id | entries_do_what_the_transaction_says
                    a balance is wrong | UPDATE entry SET balance_after = balance_after + 1 {transferred} RETURNING account_id | versions_and_balances_are_gapless
                    a version is skipped | UPDATE entry SET version = 100 {transferred} RETURNING account_id | entries_belong_to_transactions
                    time runs back | UPDATE entry SET created_at = '2001-01-01Z' {transferred} RETURNING account_id | versions_and_balances_are_gapless
                    a refund is counted twice | UPDATE refund SET refunded_after = refunded_after + 1 WHERE number = 2 RETURNING purchase_id | refunds_stay_within_purchases
                    details are forgotten | DELETE FROM transaction_detail RETURNING transaction_id | details_are_what_was_recorded
                    a credit is forgotten | DELETE FROM bank_reference RETURNING transaction_id | bank_references_are_those_credited
                    an end of a payout is forgotten | DELETE FROM payout_end RETURNING transaction_id | payouts_end_once
                    a row of a batch is forgotten | DELETE FROM transaction WHERE type = 5 RETURNING concat(lane, '/', height) | block_hashes_are_those_of_their_rows
                    a block is forgotten | DELETE FROM block WHERE height = 4 RETURNING concat(lane, '/', 5) | block_heights_are_gapless
                    """)
    void a_fault_is_found_and_the_head_stays(String fault, String sql, String rule)
            throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var named = copy.alter(sql.replace("{transferred}", TRANSFERRED));
            var check = new BooksCheck(copy.dataSource(), EngineFixture.DIGEST_KEY);
            for (int i = 0; i < 2; i++) {
                var report = check.incremental();
                assertThat(report.consistent()).as(fault).isFalse();
                assertThat(report.checks())
                        .filteredOn(c -> c.name().equals(rule))
                        .flatExtracting(CheckReport.Check::violations)
                        .as("%s %s", rule, report.firstViolation())
                        .anyMatch(violation -> violation.contains(named));
            }
        }
    }

    @Test
    void a_lane_cut_short_below_its_verified_head_is_found() throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var check = new BooksCheck(copy.dataSource(), EngineFixture.DIGEST_KEY);
            assertThat(check.incremental().consistent()).isTrue();
            copy.alter(
                    "DELETE FROM block WHERE height = (SELECT max(height) FROM block)"
                            + " RETURNING height");

            assertThat(check.incremental().firstViolation())
                    .startsWith(Rule.VERIFIED_BLOCKS_STAND.word());
        }
    }
}
