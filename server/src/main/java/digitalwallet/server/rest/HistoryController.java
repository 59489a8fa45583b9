package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.HistoryReader;
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
            Set.of("cursor", "limit", "type", "from", "to", "currency");

    private final HistoryReader histories;
    private final OverPast past;

    HistoryController(HistoryReader histories, OverPast past) {
        this.histories = histories;
        this.past = past;
    }

    @GetMapping("/wallets/{user_id}/transactions")
    @Allowed(Permission.READ_WALLET)
    Answer history(Call call, @PathVariable("user_id") String userId) {
        WalletController.requireVisible(call, userId);
        var parameters = Parameters.of(call.request(), PARAMETERS);
        parameters.requireOrder("from", "to");
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
}
