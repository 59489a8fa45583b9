package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.json.JsonObject;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Probes for the people and programs that run the process. */
@Controller
final class ProbeController {

    private final Readiness readiness;

    ProbeController(Readiness readiness) {
        this.readiness = readiness;
    }

    @GetMapping("/healthz")
    @OpenToAll
    Answer healthz() {
        return status("alive");
    }

    @GetMapping("/readyz")
    @OpenToAll
    Answer readyz() {
        readiness.requireNoFault();
        readiness.require().run();
        return status("ready");
    }

    private static Answer status(String status) {
        return Answer.ok(new JsonObject().put("status", status));
    }
}
