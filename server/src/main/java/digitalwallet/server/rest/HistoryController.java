package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.HistoryReader;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.ledger.reading.TransactionPage.Status;
import digitalwallet.ledger.reading.TransactionReader;
import digitalwallet.ledger.reading.WalletReader;
import digitalwallet.server.answer.PageAnswer;
import digitalwallet.server.request.Currencies;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What happened to a wallet, newest first. */
@Controller
final class HistoryController {

    private static final Set<String> PARAMETERS =
            Set.of("cursor", "limit", "type", "status", "from", "to", "currency");

    private final HistoryReader histories;
    private final OverPast past;
    private final WalletReader wallets;
    private final TransactionSearch search;

    HistoryController(
            HistoryReader histories,
            OverPast past,
            WalletReader wallets,
            TransactionReader transactions) {
        this.histories = histories;
        this.past = past;
        this.wallets = wallets;
        this.search = new TransactionSearch(transactions, past);
    }

    @GetMapping("/wallets/{user_id}/transactions")
    @Allowed(Permission.READ_WALLET)
    Answer history(Call call, @PathVariable("user_id") String userId) {
        WalletController.requireVisible(call, userId);
        var parameters = Parameters.of(call.request(), PARAMETERS);
        parameters.requireOrder("from", "to");
        if (StatusParameter.read(parameters) == Status.REJECTED) {
            return rejected(call, userId, parameters);
        }
        var filter =
                new HistoryPage.Filter(
                        TypeParameter.read(parameters),
                        parameters.time("from"),
                        parameters.time("to"),
                        parameters.read("currency", Currencies::of));
        var cursor = Cursors.ofHistory(userId, filter);
        var after = Cursors.readPosition(parameters.text("cursor"), cursor);
        past.untilOver(filter.to());
        var page =
                histories
                        .history(userId, filter, after, parameters.limit())
                        .orElseThrow(() -> WalletController.notFound(userId));
        return PageAnswer.of(
                page, Cursors.write(page.next(), cursor), call.grant(Permission.READ_WALLET));
    }

    /** Why somebody was declined. What they were to receive is the sender's affair. */
    private Answer rejected(Call call, String userId, Parameters parameters) {
        if (wallets.wallet(userId).isEmpty()) {
            throw WalletController.notFound(userId);
        }
        var filter =
                new TransactionPage.Filter(
                        TransactionPage.Party.payer(userId),
                        null,
                        null,
                        null,
                        TypeParameter.read(parameters),
                        Status.REJECTED,
                        parameters.read("currency", Currencies::of),
                        parameters.time("from"),
                        parameters.time("to"));
        var found = search.find(filter, parameters);
        return PageAnswer.ofRejected(
                found.page(), found.cursor(), call.grant(Permission.READ_WALLET));
    }
}
