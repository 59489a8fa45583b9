package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Money from the bank into a wallet; opens the wallet. */
@Controller
final class DepositController {

    private final Posting posting;

    DepositController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/deposit")
    @Allowed(Permission.CREDIT)
    Answer deposit(Call call) {
        return posting.post(call, TransactionType.DEPOSIT);
    }
}
