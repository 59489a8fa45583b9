package digitalwallet.ledger.check;

import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much was posted, in minor units, per type and currency, and what the wallets gained by it.
 */
final class Totals {

    /** Stands where a type does: what the entries of all wallets add up to. */
    static final int WALLETS = 0;

    /** A type of transaction, or {@link #WALLETS}, and a currency. */
    record Kind(int type, String currency) {}

    /** How many and how much. */
    record Sum(long count, BigInteger amount) {

        private Sum plus(Sum other) {
            return new Sum(count + other.count, amount.add(other.amount));
        }
    }

    private final SortedMap<Kind, Sum> sums =
            new TreeMap<>(Comparator.comparingInt(Kind::type).thenComparing(Kind::currency));

    void add(int type, String currency, long count, BigInteger amount) {
        sums.merge(new Kind(type, currency), new Sum(count, amount), Sum::plus);
    }

    void add(int type, String currency, long amount) {
        add(type, currency, 1, BigInteger.valueOf(amount));
    }

    void addAll(Totals other) {
        other.sums.forEach((kind, sum) -> sums.merge(kind, sum, Sum::plus));
    }

    SortedMap<Kind, Sum> sums() {
        return sums;
    }

    BigInteger amount(int type, String currency) {
        var sum = sums.get(new Kind(type, currency));
        return sum == null ? BigInteger.ZERO : sum.amount();
    }

    static Totals of(Collection<Totals> all) {
        var totals = new Totals();
        all.forEach(totals::addAll);
        return totals;
    }

    Set<String> currencies() {
        var currencies = new TreeSet<String>();
        sums.keySet().forEach(kind -> currencies.add(kind.currency()));
        return currencies;
    }

    /** The report's sums of one currency, given what its wallets hold. */
    CheckReport.CurrencySums sums(CurrencyCode currency, BigInteger balances) {
        var deposits = amount(TransactionType.DEPOSIT.number(), currency.code());
        var withdrawals =
                amount(TransactionType.WITHDRAW.number(), currency.code())
                        .add(amount(TransactionType.PAYOUT.number(), currency.code()));
        var purchases = amount(TransactionType.PURCHASE.number(), currency.code());
        var refunds = amount(TransactionType.REFUND.number(), currency.code());
        var reversals = amount(TransactionType.REVERSAL.number(), currency.code());
        var due = deposits.subtract(withdrawals).subtract(purchases).add(refunds).add(reversals);
        return new CheckReport.CurrencySums(
                currency,
                major(balances, currency),
                major(deposits, currency),
                major(withdrawals, currency),
                major(purchases, currency),
                major(refunds, currency),
                major(reversals, currency),
                major(inTransit(currency.code()), currency),
                major(balances.subtract(due), currency));
    }

    /** What payouts took and neither settlements nor reversals have passed on. */
    BigInteger inTransit(String currency) {
        return amount(TransactionType.PAYOUT.number(), currency)
                .subtract(amount(TransactionType.SETTLEMENT.number(), currency))
                .subtract(amount(TransactionType.REVERSAL.number(), currency));
    }

    private static BigDecimal major(BigInteger minorUnits, CurrencyCode currency) {
        return new BigDecimal(minorUnits, currency.decimals());
    }
}
