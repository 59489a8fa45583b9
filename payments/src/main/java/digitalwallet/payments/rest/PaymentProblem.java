package digitalwallet.payments.rest;

import digitalwallet.gate.problem.ProblemCode;
import java.util.List;

/** What can be wrong with a request to the payments service in particular. */
final class PaymentProblem {

    static final ProblemCode INVALID_METHOD =
            new ProblemCode("invalid_method", 400, "No provider takes money by this method");
    static final ProblemCode INVALID_SIGNATURE =
            new ProblemCode("invalid_signature", 401, "The signature is not the provider's");
    static final ProblemCode AMOUNT_TOO_LARGE =
            new ProblemCode("amount_too_large", 422, "One payment moves less than this");

    /** All of them. */
    static final List<ProblemCode> ALL =
            List.of(INVALID_METHOD, INVALID_SIGNATURE, AMOUNT_TOO_LARGE);

    private PaymentProblem() {}
}
