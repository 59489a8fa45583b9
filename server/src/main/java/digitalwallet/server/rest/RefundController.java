package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Money from the shop back into a wallet. */
@Controller
final class RefundController {

    private final Posting posting;

    RefundController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/refund")
    @Allowed(Permission.CREDIT)
    Answer refund(Call call) {
        return posting.post(call, TransactionType.REFUND);
    }
}
