package digitalwallet.server.rest;

import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.request.ProblemCode;
import digitalwallet.server.request.ProblemException;
import digitalwallet.server.security.OpenToAll;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Probes for those who run the process. */
@Controller
final class ProbeController {

    private final PostingEngine engine;

    ProbeController(PostingEngine engine) {
        this.engine = engine;
    }

    @GetMapping("/healthz")
    @OpenToAll
    Answer healthz(Call call) {
        return status("alive");
    }

    @GetMapping("/readyz")
    @OpenToAll
    Answer readyz(Call call) {
        if (engine.servingLanes() == 0) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "no lane serves");
        }
        return status("ready");
    }

    private static Answer status(String status) {
        return Answer.ok(
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("status", status);
                    json.writeEndObject();
                });
    }
}
