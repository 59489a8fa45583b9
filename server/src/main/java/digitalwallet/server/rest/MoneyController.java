package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.server.command.Posting;
import digitalwallet.server.request.Verb;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Moving money: the five verbs, which differ in their name and in which roles may use them. */
@Controller
final class MoneyController {

    private final Posting posting;

    MoneyController(Posting posting) {
        this.posting = posting;
    }

    /** Money from the bank into a wallet; opens the wallet. */
    @PostMapping("/deposit")
    @Allowed(Permission.CREDIT)
    Answer deposit(Call call) {
        return posting.post(call, Verb.DEPOSIT);
    }

    /** Money from a wallet to the bank. */
    @PostMapping("/withdraw")
    @Allowed(Permission.SPEND)
    Answer withdraw(Call call) {
        return posting.post(call, Verb.WITHDRAW);
    }

    /** Money from a wallet to the shop. */
    @PostMapping("/purchase")
    @Allowed(Permission.SPEND)
    Answer purchase(Call call) {
        return posting.post(call, Verb.PURCHASE);
    }

    /** Money from the shop back into a wallet. */
    @PostMapping("/refund")
    @Allowed(Permission.CREDIT)
    Answer refund(Call call) {
        return posting.post(call, Verb.REFUND);
    }

    /** Money from one wallet to another. */
    @PostMapping("/transfer")
    @Allowed(Permission.SPEND)
    Answer transfer(Call call) {
        return posting.post(call, Verb.TRANSFER);
    }
}
