package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.server.command.BatchPosting;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Many commands in one request. */
@Controller
final class BatchController {

    private final BatchPosting posting;

    BatchController(BatchPosting posting) {
        this.posting = posting;
    }

    @PostMapping("/batch")
    @Allowed(Permission.SEND_BATCH)
    Answer batch(Call call) {
        return posting.post(call);
    }
}
