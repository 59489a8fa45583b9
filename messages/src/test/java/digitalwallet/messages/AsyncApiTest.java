package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** docs/asyncapi.yaml names what there is, and nothing else. */
final class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");

    @Test
    void every_topic_is_a_channel_as_it_is_created() throws IOException {
        var channels = new ArrayList<JsonNode>(document().path("channels").values());
        assertThat(channels.stream().map(channel -> channel.path("address").asString()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Topic.values()).map(Topic::word).toList());
        for (var channel : channels) {
            var topic = topic(channel.path("address").asString());
            var kafka = channel.path("bindings").path("kafka");
            assertThat(kafka.path("topic").asString()).isEqualTo(topic.word());
            assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions(4));
            var config = topic.config(3, false);
            kafka.path("topicConfiguration")
                    .forEachEntry(
                            (name, value) ->
                                    assertThat(config).containsEntry(name, settingOf(value)));
        }
    }

    @Test
    void every_type_is_a_message_with_its_schema() throws IOException {
        var messages = document().path("components").path("messages");
        var names = new ArrayList<String>();
        for (var message : messages.values()) {
            var reference = message.path("payload").path("schema").path("$ref").asString("");
            if (!reference.isEmpty()) {
                var name = message.path("name").asString();
                names.add(name);
                assertThat(reference).endsWith("/" + name + ".json");
                assertThat(DOCUMENT.resolveSibling(reference)).exists();
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(MessageType.values()).map(MessageType::word).toList());
    }

    @Test
    void every_reference_within_the_document_leads_somewhere() throws IOException {
        var document = document();
        var references = new ArrayList<String>();
        document.findValuesAsString("$ref", references);
        assertThat(references)
                .filteredOn(reference -> reference.startsWith("#"))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        reference ->
                                assertThat(document.at(reference.substring(1)).isMissingNode())
                                        .as(reference)
                                        .isFalse());
    }

    @Test
    void headers_and_the_version_of_the_specification_are_named() throws IOException {
        var document = document();
        assertThat(document.path("asyncapi").asString()).isEqualTo("3.0.0");
        var schemas = document.path("components").path("schemas");
        assertThat(schemas.path("signedHeaders").path("properties").has(Message.SIGNATURE_HEADER))
                .isTrue();
        assertThat(schemas.path("signedHeaders").path("required").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder(
                        Message.TYPE_HEADER,
                        Message.ID_HEADER,
                        Message.TIME_HEADER,
                        Message.SIGNATURE_HEADER);
        for (var header :
                List.of(
                        "reason",
                        "detail",
                        "topic",
                        "partition",
                        "offset",
                        "time",
                        "bytes",
                        "sha256")) {
            assertThat(schemas.path("deadHeaders").path("properties").has("dead-" + header))
                    .isTrue();
        }
    }

    private static String settingOf(JsonNode value) {
        return value.isArray() ? value.get(0).asString() : value.asString();
    }

    private static Topic topic(String word) {
        return Stream.of(Topic.values())
                .filter(topic -> topic.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode document() throws IOException {
        return new YAMLMapper().readTree(Files.readString(DOCUMENT));
    }
}
