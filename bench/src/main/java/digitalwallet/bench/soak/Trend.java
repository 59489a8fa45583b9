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

    /** So much more is no growth: a collection sooner or later makes as much. */
    private static final double SHARE_MAX = 0.10;

    private static final double MEBIBYTES_MAX = 16;

    /** Of the samples since the hostile traffic has begun, without its first quarter. */
    static Trend of(String name, List<Sample> samples) {
        var hostile =
                samples.stream()
                        .filter(each -> each.hostile() && !Double.isNaN(each.of(name)))
                        .toList();
        return new Trend(name, hostile.subList(hostile.size() / 4, hostile.size()));
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

    /** Whether its last third is no higher than its first, but for what collections make of it. */
    boolean isFlat() {
        var values = values();
        int third = values.length / 3;
        double before = middle(Arrays.copyOfRange(values, 0, third));
        double after = middle(Arrays.copyOfRange(values, values.length - third, values.length));
        return after - before <= Math.max(MEBIBYTES_MAX, before * SHARE_MAX);
    }

    private static double middle(double[] some) {
        var sorted = some.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
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
