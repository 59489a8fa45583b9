package digitalwallet.ledger.posting;

import digitalwallet.ledger.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Posted transactions and their amounts in minor units, per type and currency, in that order. */
final class BlockTotals {

    private record Kind(int type, String currency) {}

    private static final class Sum {
        private int count;
        private long amount;
    }

    private final TreeMap<Kind, Sum> sums =
            new TreeMap<>(Comparator.comparingInt(Kind::type).thenComparing(Kind::currency));

    static BlockTotals of(List<Transaction> transactions) {
        var totals = new BlockTotals();
        for (var transaction : transactions) {
            var amount = transaction.amount();
            if (transaction.isPosted() && amount != null) {
                totals.add(
                        transaction.type().number(), amount.currency().code(), amount.minorUnits());
            }
        }
        return totals;
    }

    /** Counts one posted transaction. */
    void add(int type, String currency, long amount) {
        var sum = sums.computeIfAbsent(new Kind(type, currency), _ -> new Sum());
        sum.count++;
        sum.amount = Math.addExact(sum.amount, amount);
    }

    /** Writes the four parallel arrays. */
    void writeTo(RowSink sink) {
        var kinds = new ArrayList<>(sums.keySet());
        sink.int2s(kinds.stream().mapToInt(Kind::type).toArray());
        sink.texts(kinds.stream().map(Kind::currency).toList());
        sink.int4s(sums.values().stream().mapToInt(sum -> sum.count).toArray());
        sink.int8s(sums.values().stream().mapToLong(sum -> sum.amount).toArray());
    }
}
