package digitalwallet.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The API's own description, for programs and for people (Swagger UI). */
@Controller
final class DocsController {

    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
    private static final String SWAGGER_UI_VERSION =
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** What may be fetched of Swagger UI, and what it is. */
    private static final Map<String, String> FILES =
            Map.of(
                    "swagger-ui.css", "text/css",
                    "swagger-ui-bundle.js", "text/javascript",
                    "favicon-32x32.png", "image/png");

    private final Documentation documentation;

    DocsController(Documentation documentation) {
        this.documentation = documentation;
    }

    @GetMapping("/openapi.yaml")
    @OpenToAll
    void document(HttpServletResponse response) throws IOException {
        send(documentation.resource(), "application/yaml", response);
    }

    @GetMapping({"/docs", "/docs/"})
    @OpenToAll
    void page(HttpServletResponse response) throws IOException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'");
        try (var in = open("/docs/page.html")) {
            var page = new String(in.readAllBytes(), UTF_8);
            response.setContentType("text/html");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(page.replace("{title}", documentation.title()));
        }
    }

    @GetMapping("/docs/page.js")
    @OpenToAll
    void script(HttpServletResponse response) throws IOException {
        send("/docs/page.js", "text/javascript", response);
    }

    @GetMapping("/docs/{file}")
    @OpenToAll
    void file(@PathVariable("file") String file, HttpServletResponse response) throws IOException {
        var type = FILES.get(file);
        if (type == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "there is no such path: see /docs for those there are");
        }
        send(SWAGGER_UI + version() + "/" + file, type, response);
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var in = DocsController.class.getResourceAsStream(SWAGGER_UI_VERSION)) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static void send(String resource, String type, HttpServletResponse response)
            throws IOException {
        try (var in = open(resource)) {
            response.setContentType(type);
            if (!type.startsWith("image/")) {
                response.setCharacterEncoding("UTF-8");
            }
            in.transferTo(response.getOutputStream());
        }
    }

    private static InputStream open(String resource) {
        var in = DocsController.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the process was built without " + resource);
        }
        return in;
    }
}
