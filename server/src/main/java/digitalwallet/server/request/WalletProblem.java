package digitalwallet.server.request;

import digitalwallet.gate.problem.ProblemCode;
import java.util.List;

/**
 * What can be wrong with a request to the wallet in particular, besides the rejections of the
 * books.
 */
public final class WalletProblem {

    public static final ProblemCode INVALID_METADATA =
            new ProblemCode("invalid_metadata", 400, "These are not labels");
    public static final ProblemCode INVALID_METHOD =
            new ProblemCode("invalid_method", 400, "No provider pays out by this method");
    public static final ProblemCode TOO_MANY_COMMANDS =
            new ProblemCode("too_many_commands", 400, "The batch has too many commands");
    public static final ProblemCode WALLET_NOT_FOUND =
            new ProblemCode("wallet_not_found", 404, "There is no such wallet");
    public static final ProblemCode TRANSACTION_NOT_FOUND =
            new ProblemCode("transaction_not_found", 404, "There is no such transaction");
    public static final ProblemCode OUTCOME_UNKNOWN =
            new ProblemCode("outcome_unknown", 503, "The outcome is not known yet");

    public static final ProblemCode PAST_NOT_OVER =
            new ProblemCode("past_not_over", 503, "This past is not over yet");

    public static final ProblemCode USER_QUEUE_FULL =
            new ProblemCode("user_queue_full", 503, "Too many commands of this user wait");

    /** All of them. */
    public static final List<ProblemCode> ALL =
            List.of(
                    INVALID_METADATA,
                    INVALID_METHOD,
                    TOO_MANY_COMMANDS,
                    WALLET_NOT_FOUND,
                    TRANSACTION_NOT_FOUND,
                    OUTCOME_UNKNOWN,
                    PAST_NOT_OVER,
                    USER_QUEUE_FULL);

    private WalletProblem() {}
}
