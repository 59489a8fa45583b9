package digitalwallet.gate;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process can do its work now.
 *
 * @param require when the process cannot, throws the exception that tells callers why
 * @param fault why it may not even try, or null: what would be done by a wrong clock would be wrong
 */
public record Readiness(Runnable require, Supplier<@Nullable String> fault) {

    /**
     * Makes sure that something may be served.
     *
     * @throws ProblemException when it may not
     */
    void requireNoFault() {
        var sentence = fault.get();
        if (sentence != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, sentence);
        }
    }
}
