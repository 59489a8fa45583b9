package digitalwallet.server.command;

import digitalwallet.gate.problem.ProblemException;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.request.WalletProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Hands commands to the engine; a user who has too many there already is told so. */
final class Submission {

    private final PostingEngine engine;

    Submission(PostingEngine engine) {
        this.engine = engine;
    }

    /**
     * One command.
     *
     * @throws ProblemException when its user has too many commands in the engine
     * @throws EngineUnavailableException when it is not taken for another reason
     */
    CompletableFuture<Outcome> of(Command command) {
        return taken(() -> engine.submit(command));
    }

    /** Commands that are posted together or not at all; refused like one. */
    CompletableFuture<GroupOutcome> together(List<Command> commands) {
        return taken(() -> engine.submitAtomically(commands));
    }

    private static <T> T taken(Supplier<T> submit) {
        try {
            return submit.get();
        } catch (EngineUnavailableException e) {
            throw switch (e.reason()) {
                case USER ->
                        new ProblemException(
                                WalletProblem.USER_QUEUE_FULL,
                                "as many commands of this user wait as may; nothing was done: send"
                                        + " fewer at a time");
                case EVERYBODY, COMMAND -> e;
            };
        }
    }
}
