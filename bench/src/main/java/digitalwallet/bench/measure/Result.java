package digitalwallet.bench.measure;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param bench the name under which it runs
 * @param what is measured
 * @param against what it stands beside, or null
 * @param ratio of the value to that, or null
 * @param bar what the ratio or value is to reach, in words, or null when there is none
 * @param met whether it does, or null when there is no bar
 * @param cpu processor time per operation and process in microseconds, or null
 */
public record Result(
        String bench,
        String what,
        double value,
        String unit,
        @Nullable String against,
        @Nullable Double ratio,
        @Nullable String bar,
        @Nullable Boolean met,
        @Nullable String cpu) {

    /** A figure that stands alone. */
    public static Result plain(String bench, String what, double value, String unit) {
        return new Result(bench, what, value, unit, null, null, null, null, null);
    }

    /** A figure whose ratio to its comparison is to be at least the bar. */
    public static Result atLeast(
            String bench,
            String what,
            double value,
            String unit,
            String against,
            double ratio,
            double bar) {
        return new Result(bench, what, value, unit, against, ratio, "≥ " + bar, ratio >= bar, null);
    }

    /** A figure whose ratio to its comparison is to be at most the bar. */
    public static Result atMost(
            String bench,
            String what,
            double value,
            String unit,
            String against,
            double ratio,
            double bar) {
        return new Result(bench, what, value, unit, against, ratio, "≤ " + bar, ratio <= bar, null);
    }

    /** A figure that is itself to be at most the bar. */
    public static Result limit(String bench, String what, double value, String unit, double bar) {
        return new Result(
                bench, what, value, unit, null, null, "≤ " + bar + " " + unit, value <= bar, null);
    }

    /** The same with what it cost. */
    Result withCpu(String micros) {
        return new Result(bench, what, value, unit, against, ratio, bar, met, micros);
    }
}
