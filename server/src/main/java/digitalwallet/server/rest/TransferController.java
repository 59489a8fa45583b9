package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Money from one wallet to another. */
@Controller
final class TransferController {

    private final Posting posting;

    TransferController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/transfer")
    @Allowed(Permission.SPEND)
    Answer transfer(Call call) {
        return posting.post(call, TransactionType.TRANSFER);
    }
}
