package digitalwallet.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody with all rights in the database alters one row. Each alteration is done to a copy of the
 * same books, and must be found by the rule that covers it, naming the row.
 */
final class TamperingIT {

    private static final EngineFixture BOOKS = EngineFixture.books(PostgresVersion.V18);

    @BeforeAll
    static void books_are_written() {
        try (var engine = BOOKS.engine(1)) {
            MixedBooks.small(engine);
        }
        assertThat(check(BOOKS.dataSource()).incremental().consistent()).isTrue();
        assertThat(check(BOOKS.dataSource()).full().consistent()).isTrue();
    }

    private static BooksCheck check(DataSource dataSource) {
        return new BooksCheck(dataSource, EngineFixture.DIGEST_KEY);
    }

    @AfterAll
    static void what_was_altered_is_restored() {
        assertThat(check(BOOKS.dataSource()).full().firstViolation()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    an account is deleted | DELETE FROM account WHERE owner = 'carol' AND kind = 2 RETURNING id | accounts_belong_to_transactions
                    an account is smuggled in | INSERT INTO account SELECT gen_random_uuid(), 'mallory', 2, 'USD', 0, id FROM transaction LIMIT 1 RETURNING id | account_ids_are_derived_from_names
                    an account gets another owner | UPDATE account SET owner = 'mallory' WHERE owner = 'bob' AND kind = 2 RETURNING id | account_ids_are_derived_from_names
                    an account gets another opening | UPDATE account SET opening_transaction_id = gen_random_uuid() WHERE owner = 'bob' AND kind = 2 RETURNING id | accounts_belong_to_transactions
                    a transaction is deleted | DELETE FROM transaction WHERE order_id = 'order-1' AND amount = 500 RETURNING concat(lane, '/', height) | block_hashes_are_those_of_their_rows
                    a transaction is smuggled in | INSERT INTO transaction SELECT gen_random_uuid(), type, 'same_wallet', '{}', user_id, to_user_id, amount, currency, initiated_by, authenticated_as, role, NULL, NULL, NULL, NULL, '{}', '{}', lane, height + 1000, position, created_at FROM transaction LIMIT 1 RETURNING id | transactions_belong_to_blocks
                    a transaction is smuggled into a block | INSERT INTO transaction SELECT gen_random_uuid(), type, 'same_wallet', '{}', user_id, to_user_id, amount, currency, initiated_by, authenticated_as, role, NULL, NULL, NULL, NULL, '{}', '{}', lane, height, position + 1, created_at FROM transaction LIMIT 1 RETURNING id | block_hashes_are_those_of_their_rows
                    a transaction gets another amount | UPDATE transaction SET amount = amount + 1 WHERE type = 5 RETURNING id | entries_do_what_the_transaction_says
                    a transaction gets another user | UPDATE transaction SET user_id = 'mallory' WHERE type = 5 RETURNING id | entries_do_what_the_transaction_says
                    a transaction gets another initiator | UPDATE transaction SET initiated_by = 'mallory' WHERE type = 5 RETURNING id | block_hashes_are_those_of_their_rows
                    a rejected transaction says otherwise | UPDATE transaction SET rejection_code = NULL WHERE rejection_code = 'insufficient_funds' RETURNING id | entries_do_what_the_transaction_says
                    a transaction moves to another block | UPDATE transaction SET height = height + 1 WHERE type = 5 RETURNING concat(lane, '/', height - 1) | block_hashes_are_those_of_their_rows
                    an entry is deleted | DELETE FROM entry WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING account_id | entries_belong_to_transactions
                    a latest entry is deleted | DELETE FROM entry e WHERE account_id = (SELECT id FROM account WHERE owner = 'bob' AND kind = 2) AND version = (SELECT max(version) FROM entry x WHERE x.account_id = e.account_id) RETURNING account_id | entries_belong_to_transactions
                    an entry is smuggled in | INSERT INTO entry SELECT account_id, version + 1, transaction_id, 100, balance_after + 100, floor, status, created_at FROM entry WHERE account_id = (SELECT id FROM account WHERE owner = 'carol' AND kind = 2) RETURNING account_id | entries_belong_to_transactions
                    an entry gets another amount | UPDATE entry SET amount = amount + 1, balance_after = balance_after + 1 WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING transaction_id | entries_do_what_the_transaction_says
                    an entry gets another balance | UPDATE entry SET balance_after = balance_after + 1 WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING account_id | versions_and_balances_are_gapless
                    an entry gets an absurd balance | UPDATE entry SET balance_after = 9223372036854775807 WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount < 0 RETURNING account_id | versions_and_balances_are_gapless
                    an entry gets another floor | UPDATE entry SET floor = 1000000 WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount < 0 RETURNING account_id | balances_respect_floors
                    an entry gets another time | UPDATE entry SET created_at = created_at - interval '1 hour' WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING (SELECT concat(lane, '/', height) FROM transaction t WHERE t.id = transaction_id) | block_hashes_are_those_of_their_rows
                    an entry gets another account | UPDATE entry SET account_id = (SELECT id FROM account WHERE owner = 'carol' AND kind = 1), version = 2 WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING account_id | entries_belong_to_transactions
                    an entry gets another transaction | UPDATE entry SET transaction_id = gen_random_uuid() WHERE transaction_id = (SELECT id FROM transaction WHERE type = 5) AND amount > 0 RETURNING account_id | entries_belong_to_transactions
                    a refund is deleted | DELETE FROM refund WHERE number = 1 AND amount = 400 RETURNING purchase_id | refunds_stay_within_purchases
                    a refund is smuggled in | INSERT INTO refund SELECT purchase_id, number + 1, gen_random_uuid(), 1, refunded_after + 1, purchase_amount + 1 FROM refund ORDER BY purchase_id, number DESC LIMIT 1 RETURNING purchase_id | refunds_stay_within_purchases
                    a refund gets another amount | UPDATE refund SET amount = amount - 1 WHERE amount = 400 RETURNING purchase_id | refunds_stay_within_purchases
                    a refund gets another purchase | UPDATE refund SET purchase_id = gen_random_uuid() WHERE amount = 400 RETURNING purchase_id | refunds_stay_within_purchases
                    details are deleted | DELETE FROM transaction_detail RETURNING transaction_id | details_are_what_was_recorded
                    details are smuggled in | INSERT INTO transaction_detail SELECT id, id, '' FROM transaction WHERE type = 5 RETURNING transaction_id | details_are_what_was_recorded
                    details are changed | UPDATE transaction_detail SET content = sha256(content) RETURNING transaction_id | details_are_what_was_recorded
                    details get another transaction | UPDATE transaction_detail SET transaction_id = (SELECT id FROM transaction WHERE type = 5) RETURNING transaction_id | details_are_what_was_recorded
                    a bank reference is deleted | DELETE FROM bank_reference RETURNING transaction_id | bank_references_are_those_credited
                    a bank reference is smuggled in | INSERT INTO bank_reference SELECT gen_random_uuid(), transaction_id FROM bank_reference RETURNING reference | bank_references_are_those_credited
                    a bank reference is changed | UPDATE bank_reference SET reference = gen_random_uuid() RETURNING reference | bank_references_are_those_credited
                    a bank reference gets another transaction | UPDATE bank_reference SET transaction_id = (SELECT id FROM transaction WHERE type = 5) RETURNING reference | bank_references_are_those_credited
                    an end of a payout is deleted | DELETE FROM payout_end RETURNING transaction_id | payouts_end_once
                    an end of a payout is smuggled in | INSERT INTO payout_end SELECT id, id FROM transaction t WHERE type = 10 AND NOT EXISTS (SELECT FROM payout_end e WHERE e.payout_id = t.id) RETURNING payout_id | payouts_end_once
                    an end gets another payout | UPDATE payout_end SET payout_id = gen_random_uuid() RETURNING transaction_id | payouts_end_once
                    an end gets another transaction | UPDATE payout_end SET transaction_id = (SELECT id FROM transaction WHERE type = 5) RETURNING payout_id | payouts_end_once
                    two ends change places | UPDATE payout_end e SET transaction_id = o.transaction_id FROM payout_end o WHERE o.payout_id <> e.payout_id RETURNING e.payout_id | payouts_end_once
                    an ended payout is another user's | UPDATE transaction SET user_id = 'mallory' WHERE id = (SELECT payout_id FROM payout_end LIMIT 1) RETURNING (SELECT transaction_id FROM payout_end WHERE payout_id = id) | payouts_end_once
                    a key is smuggled in | INSERT INTO idempotency SELECT gen_random_uuid(), fingerprint, gen_random_uuid(), created_at FROM idempotency LIMIT 1 RETURNING key | idempotency_keys_are_those_answered
                    a second key is smuggled in | INSERT INTO idempotency SELECT gen_random_uuid(), fingerprint, transaction_id, created_at FROM idempotency LIMIT 1 RETURNING transaction_id | idempotency_keys_are_those_answered
                    a key gets another transaction | UPDATE idempotency SET transaction_id = (SELECT id FROM transaction WHERE type = 5) WHERE key = (SELECT key FROM idempotency LIMIT 1) RETURNING key | idempotency_keys_are_those_answered
                    a key is changed | UPDATE idempotency SET key = gen_random_uuid() WHERE key = (SELECT key FROM idempotency LIMIT 1) RETURNING key | idempotency_keys_are_those_answered
                    a key gets another fingerprint | UPDATE idempotency SET fingerprint = gen_random_uuid() WHERE key = (SELECT key FROM idempotency LIMIT 1) RETURNING key | idempotency_keys_are_those_answered
                    a key gets another time | UPDATE idempotency SET created_at = created_at - interval '1 h' WHERE key = (SELECT key FROM idempotency LIMIT 1) RETURNING key | idempotency_keys_are_those_answered
                    a key is deleted | DELETE FROM idempotency WHERE key = (SELECT key FROM idempotency LIMIT 1) RETURNING transaction_id | idempotency_keys_are_those_answered
                    a block is deleted | DELETE FROM block WHERE height = 3 RETURNING concat(lane, '/', height + 1) | block_heights_are_gapless
                    the last block is deleted | DELETE FROM block WHERE height = (SELECT max(height) FROM block) RETURNING concat(lane, '/', height) | verified_blocks_stand
                    a block is smuggled in | INSERT INTO block SELECT lane, height + 1, format, hash, hash, 0, 0, 0, 0, '{}', '{}', '{}', '{}', created_at FROM block ORDER BY height DESC LIMIT 1 RETURNING concat(lane, '/', height) | block_hashes_are_those_of_their_rows
                    a block gets another hash | UPDATE block SET hash = sha256(hash) WHERE height = 3 RETURNING concat(lane, '/', height + 1) | blocks_are_chained
                    a block gets other totals | UPDATE block SET total_amounts[1] = total_amounts[1] + 1 WHERE cardinality(total_amounts) > 0 AND height = 3 RETURNING concat(lane, '/', height) | block_totals_are_those_of_their_transactions
                    a block gets another time | UPDATE block SET created_at = created_at + interval '1 s' WHERE height = 3 RETURNING concat(lane, '/', height) | block_hashes_are_those_of_their_rows
                    a verified head gets other totals | UPDATE verified_head SET total_amounts[1] = total_amounts[1] + 1 RETURNING concat(lane, '/', height) | verified_blocks_stand
                    a verified head gets another hash | UPDATE verified_head SET hash = sha256(hash) RETURNING concat(lane, '/', height) | verified_blocks_stand
                    """)
    void an_altered_row_is_named(String alteration, String sql, String rule) throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var named = copy.alter(sql);

            var report = check(copy.dataSource()).full((_, _) -> {}, false);
            assertThat(report.consistent()).as(alteration).isFalse();
            assertThat(report.checks())
                    .filteredOn(check -> check.name().equals(rule))
                    .flatExtracting(CheckReport.Check::violations)
                    .as("%s %s", rule, report.firstViolation())
                    .anyMatch(violation -> violation.contains(named));
        }
    }

    /** What the password of the server's own role suffices for; the digest key is not with it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a lane is called verified | INSERT INTO verified_head SELECT lane, height + 1, hash, '{}', '{}', '{}', '{}', now(), gen_random_uuid() FROM block ORDER BY height DESC LIMIT 1 RETURNING concat(lane, '/', height) | verified_blocks_stand
                    a head is taken from another lane | INSERT INTO verified_head SELECT lane + 1, height, hash, total_types, total_currencies, total_counts, total_amounts, verified_at, seal FROM verified_head LIMIT 1 RETURNING concat(lane, '/', height) | verified_blocks_stand
                    a full check is made up | INSERT INTO full_check VALUES (now(), true, 1, gen_random_uuid()) RETURNING 'noted by no check' | the_last_full_check_found_nothing
                    a full check is dated to come | INSERT INTO full_check VALUES (now() + interval '1 year', true, 1, gen_random_uuid()) RETURNING 'which is to come' | the_last_full_check_found_nothing
                    a full check moves on | UPDATE full_check SET checked_at = now() RETURNING 'noted by no check' | the_last_full_check_found_nothing
                    a full check loses its seal | INSERT INTO full_check SELECT now(), true, entries, NULL FROM full_check LIMIT 1 RETURNING 'noted by no check' | the_last_full_check_found_nothing
                    a block is published before it exists | INSERT INTO published_block SELECT lane, max(height) + 1, now() FROM block GROUP BY lane RETURNING concat(lane, '/', height) | published_blocks_exist
                    a lane without blocks is published | INSERT INTO published_block VALUES (77, 1, now()) RETURNING '77/1' | published_blocks_exist
                    a queue begins behind its first message | INSERT INTO queue_position VALUES (gen_random_uuid(), 0, 5, 9, 1, 1, gen_random_uuid()) RETURNING concat(topic_id, '/0 from offset 5 up to 9') | queue_positions_follow_one_another
                    a topic is unknown | INSERT INTO queue_position VALUES (gen_random_uuid(), 0, 0, 9) RETURNING topic_id | queue_positions_follow_one_another
                    """)
    void a_note_that_no_check_and_no_lane_made_is_named(String what, String sql, String rule)
            throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var named = copy.alter(sql);
            var check = check(copy.dataSource());
            for (var report : List.of(check.incremental(), check.full((_, _) -> {}, false))) {
                assertThat(report.consistent()).as(what).isFalse();
                assertThat(report.checks())
                        .filteredOn(each -> each.name().equals(rule))
                        .flatExtracting(CheckReport.Check::violations)
                        .as("%s %s", rule, report.firstViolation())
                        .anyMatch(violation -> violation.contains(named));
            }
        }
    }

    @Test
    void a_made_up_full_check_does_not_hide_what_one_found() throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var check = check(copy.dataSource());
            copy.alter("UPDATE idempotency SET fingerprint = gen_random_uuid() RETURNING key");
            assertThat(check.full().consistent()).isFalse();
            copy.alter(
                    "INSERT INTO full_check VALUES (now(), true, 1, gen_random_uuid()) RETURNING"
                            + " 1");
            var last = check.lastFullCheck().orElseThrow();
            assertThat(last.consistent()).isFalse();
            assertThat(check.incremental().checks())
                    .flatExtracting(CheckReport.Check::violations)
                    .anyMatch(violation -> violation.endsWith("found the books altered"));
        }
    }

    @Test
    void two_transactions_that_change_places_are_named() throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            var named =
                    copy.alter(
                            """
                            UPDATE transaction t SET height = o.height
                            FROM transaction o
                            WHERE t.lane = o.lane AND t.position = o.position
                              AND (t.type = 5 AND o.order_id = 'order-1' AND o.amount = 500
                                   OR o.type = 5 AND t.order_id = 'order-1' AND t.amount = 500)
                            RETURNING t.id\
                            """);
            var report = check(copy.dataSource()).full((_, _) -> {}, false);
            assertThat(report.checks())
                    .flatExtracting(CheckReport.Check::violations)
                    .anyMatch(violation -> violation.contains(named));
        }
    }

    @Test
    void verify_names_the_first_altered_row_and_exits_with_one() throws SQLException {
        try (var copy = TamperedBooks.copyOf(BOOKS)) {
            long entries = BOOKS.number("SELECT count(*) FROM entry");
            assertThat(verify(copy.environment()))
                    .isEqualTo("0 the books are sound: " + entries + " entries examined");
            var named =
                    copy.alter(
                            "UPDATE transaction_detail SET salt = gen_random_uuid()"
                                    + " RETURNING transaction_id");
            assertThat(verify(copy.environment()))
                    .isEqualTo(
                            "1 the books were altered: details_are_what_was_recorded: the details"
                                    + " of transaction "
                                    + named
                                    + " are not what they were");
        }
    }

    @Test
    void verify_exits_with_two_when_it_cannot_check() {
        assertThat(verify(Map.of())).isEqualTo("2 could not check: WALLET_DATABASE_URL is not set");
        assertThat(verify(Map.of("WALLET_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none")))
                .startsWith("2 could not check: ");
    }

    /** The exit code and what is printed on standard output. */
    private static String verify(Map<String, String> environment) {
        var out = new ByteArrayOutputStream();
        int code =
                Verify.run(
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }
}
