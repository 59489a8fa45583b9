package digitalwallet.bench.measure;

import java.util.Arrays;

/** The middle of several measurements: one disturbed run does not move it. */
public final class Median {

    private Median() {}

    public static double of(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
