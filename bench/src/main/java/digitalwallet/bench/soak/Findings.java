package digitalwallet.bench.soak;

import java.util.List;

/**
 * What a soak has found.
 *
 * @param lines for people
 * @param faults sentences about what must not be; empty when all is well
 */
record Findings(List<String> lines, List<String> faults) {

    boolean isGood() {
        return faults.isEmpty();
    }
}
