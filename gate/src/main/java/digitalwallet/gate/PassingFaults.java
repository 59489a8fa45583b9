package digitalwallet.gate;

import java.util.function.Predicate;

/**
 * Which faults pass by themselves, so that the caller is told to come back, and what is said then.
 *
 * @param passes whether this one does; it is asked of every cause too
 * @param sentence for callers
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
