package digitalwallet.server.command;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Headers;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.answer.BatchAnswer;
import digitalwallet.server.answer.OutcomeAnswer;
import digitalwallet.server.request.BatchReader;
import digitalwallet.server.request.CommandBatch;
import digitalwallet.server.request.WalletProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends many commands to the engine, together or each for itself, or queues them. */
public final class BatchPosting {

    private static final Logger LOG = LoggerFactory.getLogger(BatchPosting.class);

    private final Submission submission;
    private final BatchReader batches;
    private final Queueing queueing;
    private final OutcomeMetrics metrics;
    private final Patience patience;

    /** A posting of the batches that this reader reads. */
    public BatchPosting(
            PostingEngine engine,
            BatchReader batches,
            Queueing queueing,
            OutcomeMetrics metrics,
            Patience patience) {
        submission = new Submission(engine);
        this.batches = batches;
        this.queueing = queueing;
        this.metrics = metrics;
        this.patience = patience;
    }

    /** Posts the batch in the call's body. */
    public Answer post(Call call) {
        var fields = call.batchBody(BatchReader.COMMANDS_MAX, WalletProblem.TOO_MANY_COMMANDS);
        var key = Headers.idempotencyKey(call.request());
        var batch =
                batches.readPartly(
                        fields, call.caller(), key, _ -> UuidCreator.getTimeOrderedEpoch());
        var commands = batch.commands();
        var first = commands.getFirst();
        if (queueing.applies(Preference.of(call.request()), first.header().key())) {
            requireQueueable(batch);
            return queueing.batch(batch, call.caller());
        }
        return batch.atomic() ? together(call, commands) : eachForItself(call, batch);
    }

    private static void requireQueueable(CommandBatch batch) {
        for (int i = 0; i < batch.items().size(); i++) {
            if (!batch.items().get(i).request().verb().isQueueable()) {
                throw new ProblemException(
                        ProblemCode.INVALID_FIELD,
                        "type is one that is not sent through the queue: send it without Prefer",
                        Map.of("field", "type", "index", i));
            }
        }
    }

    private Answer together(Call call, List<Command> commands) {
        long start = System.nanoTime();
        var first = commands.getFirst();
        var group = patience.start().await(submission.together(commands), first.id());
        long nanos = System.nanoTime() - start;
        return switch (group) {
            case GroupOutcome.Posted(var outcomes) -> {
                var results = new ArrayList<Answer>(outcomes.size());
                for (int i = 0; i < outcomes.size(); i++) {
                    metrics.record(commands.get(i).type(), outcomes.get(i), nanos);
                    results.add(OutcomeAnswer.of(outcomes.get(i), call.requestId()));
                }
                yield BatchAnswer.posted(results, outcomes.getFirst().replayed());
            }
            case GroupOutcome.Failed(var index, var because) -> {
                metrics.record(commands.get(index).type(), because, nanos);
                Patience.evenOut(List.of(because), start);
                yield Answer.of(
                        OutcomeAnswer.problem(because, call.requestId())
                                .with("failed_index", index),
                        OutcomeAnswer.replayedHeader(because.replayed()));
            }
        };
    }

    private Answer eachForItself(Call call, CommandBatch batch) {
        var commands = batch.commands();
        var wait = patience.start();
        long start = System.nanoTime();
        var pending = new ArrayList<CompletableFuture<Outcome>>(commands.size());
        boolean replay = false;
        if (batch.isCovered()) {
            // The first command holds the batch's key: what its outcome says about the key holds
            // for all.
            var first = commands.getFirst();
            var submitted = submission.of(first);
            var outcome = wait.await(submitted, first.id());
            if (outcome instanceof Outcome.KeyReused) {
                return OutcomeAnswer.of(outcome, call.requestId());
            }
            replay = outcome.replayed();
            pending.add(submitted);
        }
        for (var command : commands.subList(pending.size(), commands.size())) {
            try {
                pending.add(submission.of(command));
            } catch (EngineUnavailableException | ProblemException e) {
                pending.add(CompletableFuture.failedFuture(e));
            }
        }
        var known = new ArrayList<Outcome>(pending.size());
        var results = new ArrayList<Answer>(pending.size() + batch.malformed().size());
        for (int i = 0; i < pending.size(); i++) {
            results.add(result(call, commands.get(i), i, pending.get(i), wait, start, known));
        }
        Patience.evenOut(known, start);
        for (var malformed : batch.malformed()) {
            // In ascending order, each at the place it had in the request.
            results.add(
                    malformed.index(),
                    Answer.of(Problem.of(malformed.problem(), call.requestId())));
        }
        return BatchAnswer.mixed(results, replay);
    }

    private Answer result(
            Call call,
            Command command,
            int index,
            CompletableFuture<Outcome> pending,
            Patience.Wait wait,
            long start,
            List<Outcome> known) {
        try {
            var outcome = wait.await(pending, command.id());
            metrics.record(command.type(), outcome, System.nanoTime() - start);
            known.add(outcome);
            return OutcomeAnswer.of(outcome, call.requestId());
        } catch (ProblemException e) {
            return Answer.of(Problem.of(e, call.requestId()));
        } catch (EngineUnavailableException e) {
            return Answer.of(
                    Problem.of(
                            ProblemCode.UNAVAILABLE,
                            "this command was not run: send it again",
                            call.requestId()));
        } catch (RuntimeException e) {
            LOG.error("request {}: command {} failed", call.requestId(), index, e);
            return Answer.of(Problem.ofFault(call.requestId()));
        }
    }
}
