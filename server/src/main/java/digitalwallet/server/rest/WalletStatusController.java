package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.server.command.Posting;
import digitalwallet.server.request.Verb;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Holding a user's money still, and ending their wallet. */
@Controller
final class WalletStatusController {

    private final Posting posting;

    WalletStatusController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/wallets/{user_id}/freeze")
    @Allowed(Permission.CHANGE_STATUS)
    Answer freeze(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, Verb.FREEZE);
    }

    @PostMapping("/wallets/{user_id}/unfreeze")
    @Allowed(Permission.CHANGE_STATUS)
    Answer unfreeze(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, Verb.UNFREEZE);
    }

    @PostMapping("/wallets/{user_id}/close")
    @Allowed(Permission.CHANGE_STATUS)
    Answer close(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, Verb.CLOSE);
    }

    @PostMapping("/wallets/{user_id}/reopen")
    @Allowed(Permission.CHANGE_STATUS)
    Answer reopen(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, Verb.REOPEN);
    }
}
