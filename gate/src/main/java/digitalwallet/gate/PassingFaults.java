package digitalwallet.gate;

import java.util.function.Predicate;

/**
 * Which faults pass by themselves, so that callers are told to come back, and the sentence that
 * they are told then.
 *
 * @param passes whether a fault passes by itself; it is asked about each of its causes too
 * @param sentence what callers are told
 */
public record PassingFaults(Predicate<Throwable> passes, String sentence) {

    boolean include(Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (Faults.isForNow(each) || passes.test(each)) {
                return true;
            }
        }
        return false;
    }
}
