package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.ledger.reading.TransactionReader;
import digitalwallet.server.answer.PageAnswer;
import digitalwallet.server.answer.QueuedAnswer;
import digitalwallet.server.answer.VisibleTransaction;
import digitalwallet.server.command.Queueing;
import digitalwallet.server.request.WalletProblem;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Transactions, posted or rejected: one, or those that pass a filter. */
@Controller
final class TransactionController {

    private static final Set<String> QUEUED = Set.of("queued");
    private static final Set<String> PARAMETERS =
            Set.of(
                    "user_id",
                    "order_id",
                    "bank_transaction_id",
                    "initiated_by",
                    "type",
                    "status",
                    "from",
                    "to",
                    "cursor",
                    "limit");

    private final TransactionReader transactions;
    private final DigestKey digestKey;
    private final Queueing queueing;
    private final TransactionSearch search;

    TransactionController(
            TransactionReader transactions, DigestKey digestKey, Queueing queueing, OverPast past) {
        this.search = new TransactionSearch(transactions, past);
        this.transactions = transactions;
        this.digestKey = digestKey;
        this.queueing = queueing;
    }

    @GetMapping("/transactions/{id}")
    @Allowed(Permission.READ_TRANSACTION)
    Answer transaction(Call call, @PathVariable("id") String id) {
        var grant = call.grant(Permission.READ_TRANSACTION);
        var uuid = Identifiers.uuid("id", id);
        var token = Parameters.of(call.request(), QUEUED).text("queued");
        // Asked first: if the command is processed by then, the books have it when they are read.
        boolean queued = token != null && queueing.isQueued(uuid, token);
        var found = transactions.transaction(uuid);
        if (found.isEmpty() && queued) {
            return QueuedAnswer.still(uuid);
        }
        var visible =
                found.flatMap(view -> VisibleTransaction.of(view, grant))
                        .orElseThrow(TransactionController::notFound);
        return visible.answer();
    }

    @GetMapping("/transactions")
    @Allowed(Permission.SEARCH_TRANSACTIONS)
    Answer transactions(Call call) {
        var parameters = Parameters.of(call.request(), PARAMETERS);
        var bankTransactionId = parameters.identifier("bank_transaction_id");
        parameters.requireOrder("from", "to");
        var filter =
                new TransactionPage.Filter(
                        party(parameters.identifier("user_id")),
                        parameters.identifier("order_id"),
                        bankTransactionId == null ? null : digestKey.reference(bankTransactionId),
                        parameters.identifier("initiated_by"),
                        TypeParameter.read(parameters),
                        StatusParameter.read(parameters),
                        null,
                        parameters.time("from"),
                        parameters.time("to"));
        var found = search.find(filter, parameters);
        return PageAnswer.of(found.page(), found.cursor());
    }

    private static TransactionPage.@Nullable Party party(@Nullable String userId) {
        return userId == null ? null : TransactionPage.Party.any(userId);
    }

    private static ProblemException notFound() {
        return new ProblemException(
                WalletProblem.TRANSACTION_NOT_FOUND,
                "there is no such transaction that you may see: check its id");
    }
}
