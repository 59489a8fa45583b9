package digitalwallet.bench.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a figure went over time.
 *
 * @param samples in which it is
 */
record Trend(String name, List<Sample> samples) {

    private static final int COLUMNS = 60;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final double HOUR_SECONDS = 3_600;

    /** So much more in a third of the samples is no growth, but noise. */
    private static final double SHARE_MAX = 0.05;

    private static final double MEBIBYTES_MAX = 16;

    /** How many of the samples lie below what counts as the floor of them all. */
    private static final double FLOOR_SHARE = 0.10;

    /** Of the samples since the hostile traffic has begun, without their first half. */
    static Trend of(String name, List<Sample> samples) {
        var hostile =
                samples.stream()
                        .filter(each -> each.hostile() && !Double.isNaN(each.of(name)))
                        .toList();
        return new Trend(name, hostile.subList(hostile.size() / 2, hostile.size()));
    }

    private double[] values() {
        return samples.stream().mapToDouble(each -> each.of(name)).toArray();
    }

    /** Growth in an hour, by the least squares. */
    double perHour() {
        var seconds = samples.stream().mapToDouble(Sample::second).toArray();
        var values = values();
        double middleX = Arrays.stream(seconds).average().orElse(0);
        double middleY = Arrays.stream(values).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            covariance += (seconds[i] - middleX) * (values[i] - middleY);
            variance += (seconds[i] - middleX) * (seconds[i] - middleX);
        }
        return variance == 0 ? 0 : covariance / variance * HOUR_SECONDS;
    }

    /**
     * Whether the floor of its last third is no higher than that of its first. A leak lifts the
     * floor; what waits to be collected, or is given back by and by, goes up and down above it.
     */
    boolean isFlat() {
        var values = values();
        int third = values.length / 3;
        double before = floor(Arrays.copyOfRange(values, 0, third));
        double after = floor(Arrays.copyOfRange(values, values.length - third, values.length));
        // What was never seen is not known to be flat.
        return third > 0 && after - before <= Math.max(MEBIBYTES_MAX, before * SHARE_MAX);
    }

    private static double floor(double[] some) {
        return quantile(some, FLOOR_SHARE);
    }

    private static double middle(double[] some) {
        return quantile(some, 0.5);
    }

    private static double quantile(double[] some, double share) {
        var sorted = some.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)];
    }

    /** One line: bars from zero to the highest, and what the figures were. */
    String plot() {
        var values = values();
        double max = Math.max(1e-9, Arrays.stream(values).max().orElse(0));
        double min = Arrays.stream(values).min().orElse(0);
        var bars = new StringBuilder();
        int columns = Math.min(COLUMNS, values.length);
        for (int i = 0; i < columns; i++) {
            int from = i * values.length / columns;
            int to = (i + 1) * values.length / columns;
            double share = middle(Arrays.copyOfRange(values, from, to)) / max;
            bars.append(BARS.charAt((int) Math.min(BARS.length() - 1, share * BARS.length())));
        }
        return String.format(
                Locale.ROOT,
                "%-26s %s  %.0f to %.0f, %+.1f an hour",
                name,
                bars,
                min,
                max,
                perHour());
    }
}
