package digitalwallet.bench.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How often something ended in which way; for many threads. */
final class Tally {

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void count(String end) {
        counts.computeIfAbsent(end, _ -> new LongAdder()).increment();
    }

    long of(String end) {
        var count = counts.get(end);
        return count == null ? 0 : count.sum();
    }

    long all() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How often it ended in a way that no caller may bring about: a fault of the server's. */
    long faults() {
        return counts.entrySet().stream()
                .filter(each -> isFault(each.getKey()))
                .mapToLong(each -> each.getValue().sum())
                .sum();
    }

    private static boolean isFault(String end) {
        return end.equals(Wire.HANGS) || (end.startsWith("5") && !end.equals("503"));
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(each -> "%s: %,d".formatted(each.getKey(), each.getValue().sum()))
                .collect(Collectors.joining(", "));
    }
}
