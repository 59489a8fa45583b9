package digitalwallet.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Postings that add up and that the engine must refuse all the same: the check finds them too. */
final class ForbiddenPostingsIT {

    private static final EngineFixture BOOKS = EngineFixture.books(PostgresVersion.V18);
    private static final String TRANSFER =
            " WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount ";

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
                    money enters a frozen wallet | UPDATE entry SET status = 2 {transfer} > 0 RETURNING account_id | moves money against its status
                    a status changes by a transfer | UPDATE entry SET status = 4 {transfer} < 0 RETURNING account_id | changes the status
                    a floor is lowered | UPDATE entry SET floor = -100 {transfer} < 0 RETURNING account_id | changes the floor
                    a wallet has no floor | UPDATE entry SET floor = NULL WHERE version = 1 AND floor = 0 RETURNING account_id | opens a wallet without a floor
                    """)
    void a_posting_that_was_forbidden_is_found(String fault, String sql, String violation)
            throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var account = copy.alter(sql.replace("{transfer}", TRANSFER));
            var check = new BooksCheck(copy.dataSource(), EngineFixture.DIGEST_KEY);
            assertThat(check.incremental().checks())
                    .as(fault)
                    .flatExtracting(CheckReport.Check::violations)
                    .anyMatch(found -> found.contains(account) && found.contains(violation));
        }
    }
}
