package digitalwallet.payments.rest;

import digitalwallet.json.JsonObject;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Probes for those who run the process. */
@Controller
final class ProbeController {

    private final Health health;

    ProbeController(Health health) {
        this.health = health;
    }

    @GetMapping("/healthz")
    ResponseEntity<byte[]> healthz() {
        return Answers.of(200, new JsonObject().put("status", "alive"));
    }

    @GetMapping("/readyz")
    ResponseEntity<byte[]> readyz() {
        health.requireAll();
        return Answers.of(200, new JsonObject().put("status", "ready"));
    }
}
