package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.request.Call;
import java.util.Map;
import java.util.Set;

/** The answer to a method that a path does not have. */
final class MethodList {

    private MethodList() {}

    /**
     * Refuses it.
     *
     * @param allowed what the path has; empty when there is no such path
     */
    static Answer refusal(Call call, Set<String> allowed) {
        if (allowed.isEmpty()) {
            return Answer.of(
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "there is no such path: see /docs for those there are",
                            call.requestId()));
        }
        return Answer.of(
                Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "the method "
                                + call.request().getMethod()
                                + " is not allowed here: the header Allow lists those that are",
                        call.requestId()),
                Map.of("Allow", String.join(", ", allowed)));
    }
}
