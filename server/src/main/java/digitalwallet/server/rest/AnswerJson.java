package digitalwallet.server.rest;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON of answers, without a tree of it in memory. */
final class AnswerJson {

    private static final int BYTES_USUAL = 512;
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private AnswerJson() {}

    /** Writes what this writes. */
    static byte[] write(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream(BYTES_USUAL);
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }
}
