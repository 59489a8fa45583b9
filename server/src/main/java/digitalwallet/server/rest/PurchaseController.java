package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Money from a wallet to the shop. */
@Controller
final class PurchaseController {

    private final Posting posting;

    PurchaseController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/purchase")
    @Allowed(Permission.SPEND)
    Answer purchase(Call call) {
        return posting.post(call, TransactionType.PURCHASE);
    }
}
