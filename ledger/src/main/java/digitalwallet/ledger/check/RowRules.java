package digitalwallet.ledger.check;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Details;
import java.util.Arrays;

/** Rules that one row keeps or breaks; rows as {@link JournalSql} selects them. */
final class RowRules {

    private RowRules() {}

    /** Derives the id of an account from its parts, which begin at this field. */
    static void name(CopyStream row, int first, Findings findings) {
        if (!isNamed(row, first)) {
            findings.violated(
                    Rule.ACCOUNT_IDS_ARE_DERIVED_FROM_NAMES,
                    "account %s does not have the name its id is derived from"
                            .formatted(row.uuid(first)));
        }
    }

    private static boolean isNamed(CopyStream row, int first) {
        try {
            var name =
                    AccountName.stored(
                            row.text(first + 1),
                            row.int2(first + 2),
                            row.textOrNull(first + 3),
                            row.int4(first + 4));
            return name.id().equals(row.uuid(first));
        } catch (IllegalArgumentException noSuchKindOrCurrency) {
            return false;
        }
    }

    /**
     * An entry by itself; its columns begin at this field.
     *
     * @param comesBack whether its money reaches the wallet whatever the wallet's status is
     */
    static void entry(CopyStream row, int first, boolean comesBack, Findings findings) {
        long amount = row.int8(first + 3);
        long balanceAfter = row.int8(first + 4);
        findings.examined(Rule.BALANCES_RESPECT_FLOORS, 1);
        if (amount < 0 && !row.isNull(first + 5) && balanceAfter < row.int8(first + 5)) {
            findings.violated(
                    Rule.BALANCES_RESPECT_FLOORS,
                    "entry %s version %d is below its floor"
                            .formatted(row.uuid(first), row.int8(first + 1)));
        }
        if (!allowsAmount(row.int2(first + 6), amount) && !(comesBack && amount > 0)) {
            findings.violated(
                    Rule.ENTRIES_DO_WHAT_THE_TRANSACTION_SAYS,
                    "entry %s version %d moves money against its status"
                            .formatted(row.uuid(first), row.int8(first + 1)));
        }
        if (row.int8(first + 1) == 1 && balanceAfter != amount) {
            findings.violated(
                    Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS,
                    "entry %s version 1 does not begin at zero".formatted(row.uuid(first)));
        }
    }

    /** Every wallet is opened with a floor, or nothing would stop its debits. */
    static void opening(CopyStream row, int first, Findings findings) {
        if (row.isNull(first + 5)) {
            findings.violated(
                    Rule.BALANCES_RESPECT_FLOORS,
                    "entry %s version 1 opens a wallet without a floor".formatted(row.uuid(first)));
        }
    }

    private static boolean allowsAmount(int status, long amount) {
        for (var known : AccountStatus.values()) {
            if (known.number() == status) {
                return amount == 0 || (amount < 0 ? known.allowsDebits() : known.allowsCredits());
            }
        }
        return false;
    }

    /**
     * An entry beside the one before it; five findings begin at the one field, as {@link
     * JournalSql#entries} says, the entry's columns at the other.
     */
    static void predecessor(CopyStream row, int findingsFirst, int first, Findings findings) {
        if (!row.bool(findingsFirst + 3)) {
            findings.violated(
                    Rule.ENTRIES_DO_WHAT_THE_TRANSACTION_SAYS,
                    "entry %s version %d changes the status, its transaction does not"
                            .formatted(row.uuid(first), row.int8(first + 1)));
        }
        if (!row.bool(findingsFirst + 4)) {
            findings.violated(
                    Rule.BALANCES_RESPECT_FLOORS,
                    "entry %s version %d changes the floor"
                            .formatted(row.uuid(first), row.int8(first + 1)));
        }
        boolean found = row.bool(findingsFirst);
        if (!found || !row.bool(findingsFirst + 1) || !row.bool(findingsFirst + 2)) {
            findings.violated(
                    Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS,
                    (found
                                    ? "entry %s version %d does not go on from the one before"
                                    : "entry %s version %d has none before it")
                            .formatted(row.uuid(first), row.int8(first + 1)));
        }
    }

    /** A refund behind its findings; its columns begin at this field. */
    static void refund(CopyStream row, int first, Findings findings) {
        if (row.isNull(2) || !row.bool(2) || !row.bool(3)) {
            findings.violated(
                    Rule.REFUNDS_STAY_WITHIN_PURCHASES,
                    "refund %d of purchase %s is not within it, or leaves out one before"
                            .formatted(row.int4(first + 1), row.uuid(first)));
        }
    }

    /** Fields: transaction, digest, salt and content. */
    static void detail(CopyStream row, Findings findings) {
        if (row.isNull(2)) {
            findings.violated(
                    Rule.DETAILS_ARE_WHAT_WAS_RECORDED,
                    "the details of transaction %s are missing".formatted(row.uuid(0)));
        } else if (!Arrays.equals(Details.digest(row.uuid(2), row.bytes(3)), row.bytes(1))) {
            findings.violated(
                    Rule.DETAILS_ARE_WHAT_WAS_RECORDED,
                    "the details of transaction %s are not what they were".formatted(row.uuid(0)));
        }
    }

    /** Fields: transaction, whether its bank reference is kept as its own. */
    static void bankReference(CopyStream row, Findings findings) {
        if (row.isNull(1) || !row.bool(1)) {
            findings.violated(
                    Rule.BANK_REFERENCES_ARE_THOSE_CREDITED,
                    "the bank reference that deposit %s credited is missing or another's"
                            .formatted(row.uuid(0)));
        }
    }

    /**
     * Fields: transaction, whether the end of its payout is kept as its own, whether it names a
     * payout of its user with its amount.
     */
    static void payoutEnd(CopyStream row, Findings findings) {
        if (row.isNull(1) || !row.bool(1)) {
            findings.violated(
                    Rule.PAYOUTS_END_ONCE,
                    "the end of a payout by transaction %s is missing or another's"
                            .formatted(row.uuid(0)));
        } else if (!row.bool(2)) {
            findings.violated(
                    Rule.PAYOUTS_END_ONCE,
                    "transaction %s ends what is no payout of its user and amount"
                            .formatted(row.uuid(0)));
        }
    }
}
