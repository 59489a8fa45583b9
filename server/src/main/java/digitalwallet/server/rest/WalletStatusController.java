package digitalwallet.server.rest;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Holding a user's money still, and ending his wallet. */
@Controller
final class WalletStatusController {

    private final Posting posting;

    WalletStatusController(Posting posting) {
        this.posting = posting;
    }

    @PostMapping("/wallets/{user_id}/freeze")
    @Allowed(Permission.CHANGE_STATUS)
    @Operation(
            operationId = "freeze",
            summary = "Hold a user's money still in all currencies: all of it, debits or credits.")
    Answer freeze(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, TransactionType.FREEZE);
    }

    @PostMapping("/wallets/{user_id}/unfreeze")
    @Allowed(Permission.CHANGE_STATUS)
    @Operation(operationId = "unfreeze", summary = "End a freeze.")
    Answer unfreeze(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, TransactionType.UNFREEZE);
    }

    @PostMapping("/wallets/{user_id}/close")
    @Allowed(Permission.CHANGE_STATUS)
    @Operation(
            operationId = "close",
            summary = "End a user's wallet for ever; its balances must be zero.")
    Answer close(Call call, @PathVariable("user_id") String userId) {
        return posting.postFor(userId, call, TransactionType.CLOSE);
    }
}
