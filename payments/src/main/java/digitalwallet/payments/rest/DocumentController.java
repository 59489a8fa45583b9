package digitalwallet.payments.rest;

import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The API's own description, for programs. */
@Controller
final class DocumentController {

    static final String DOCUMENT = "/openapi-payments.yaml";

    @GetMapping("/openapi.yaml")
    ResponseEntity<byte[]> document() throws IOException {
        try (var in = DocumentController.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the service was built without " + DOCUMENT);
            }
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_YAML)
                    .body(in.readAllBytes());
        }
    }
}
