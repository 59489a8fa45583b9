package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Money from a wallet to the bank. */
@Controller
final class WithdrawController {

    private final Posting posting;

    WithdrawController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/withdraw")
    @Allowed(Permission.SPEND)
    Answer withdraw(Call call) {
        return posting.post(call, TransactionType.WITHDRAW);
    }
}
