package digitalwallet.bench.soak;

import java.util.Map;

/**
 * How things stood at one moment.
 *
 * @param second since the beginning
 * @param hostile whether the hostile traffic was on
 * @param figures by name, such as {@code server, memory in MiB}; always the same names
 */
record Sample(long second, boolean hostile, Map<String, Double> figures) {

    double of(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
