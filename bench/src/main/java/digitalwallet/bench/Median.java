package digitalwallet.bench;

import java.util.Arrays;

/** The middle of several measurements: one disturbed run does not move it. */
final class Median {

    private Median() {}

    static double of(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
