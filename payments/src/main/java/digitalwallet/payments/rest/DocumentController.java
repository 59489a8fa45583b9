package digitalwallet.payments.rest;

import digitalwallet.gate.permission.OpenToAll;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The API's own description, for programs. */
@Controller
final class DocumentController {

    static final String DOCUMENT = "/openapi-payments.yaml";

    @GetMapping("/openapi.yaml")
    @OpenToAll
    void document(HttpServletResponse response) throws IOException {
        try (var in = DocumentController.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the service was built without " + DOCUMENT);
            }
            response.setContentType(MediaType.APPLICATION_YAML_VALUE);
            in.transferTo(response.getOutputStream());
        }
    }
}
