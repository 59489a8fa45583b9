package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of every message, as files. To change one on purpose, run with {@code
 * -Dgolden.write=true} and read the difference.
 */
final class GoldenFilesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path SCHEMAS = Path.of("src/main/resources/digitalwallet/messages/schema");
    private static final String SCHEMA_BASE = "https://digitalwallet.example/schema/";
    private static final JsonMapper PRETTY = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaIdResolvers(
                                    ids ->
                                            ids.mapPrefix(
                                                    SCHEMA_BASE,
                                                    "classpath:digitalwallet/messages/schema/")));

    @ParameterizedTest
    @MethodSource("names")
    void a_message_is_written_as_its_golden_file(String name) throws IOException {
        var written = text(sample(name).write());
        var file = GOLDEN.resolve(name + ".json");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, written + "\n");
        }
        var golden = Files.readString(file);
        assertThat(pretty(written)).isEqualTo(pretty(golden));
        assertThat(written + "\n").isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_reads_as_the_message_it_was_written_from(String name) throws IOException {
        var bytes = Files.readAllBytes(GOLDEN.resolve(name + ".json"));
        var read = CloudEvent.read(bytes);
        assertThat(read).isEqualTo(sample(name));
        var again =
                switch (read.knownType()) {
                    case COMMAND, COMMAND_BATCH -> read;
                    case TRANSACTION -> WalletEvent.read(read).toEvent();
                    case TOP_UP, PAYOUT -> PaymentEvent.read(read).toEvent();
                };
        assertThat(text(again.write())).isEqualTo(text(bytes).strip());
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_fits_the_schema_of_its_type(String name) throws IOException {
        var golden = Files.readString(GOLDEN.resolve(name + ".json"));
        var errors = errors(sample(name).type(), golden);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "source", "id", "time", "specversion", "data"})
    void a_schema_misses_what_is_left_out(String attribute) throws IOException {
        var golden = Files.readString(GOLDEN.resolve("payout-failed.json"));
        var without = golden.replace("\"" + attribute + "\":", "\"other\":");
        assertThat(errors("payments.payout.v1", without)).isNotEmpty();
    }

    @Test
    void a_schema_refuses_what_the_wallet_would_refuse() throws IOException {
        var batch = Files.readString(GOLDEN.resolve("command-batch.json"));
        var type = MessageType.COMMAND_BATCH.word();
        assertThat(errors(type, batch.replace("\"amount\"", "\"amout\""))).isNotEmpty();
        assertThat(errors(type, batch.replace("\"10.00\"", "\"1e3\""))).isNotEmpty();
        assertThat(errors(type, batch.replace("to_user_id", "user_id"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "system", "auditor support", "admin support system user"})
    void a_schema_takes_a_caller_with_all_their_roles(String roles) throws IOException {
        var command = Files.readString(GOLDEN.resolve("command-queued-by-the-wallet.json"));
        var changed =
                command.replace("\"callerrole\":\"user\"", "\"callerrole\":\"" + roles + "\"");
        assertThat(errors(MessageType.COMMAND.word(), changed)).isEmpty();
        assertThat(errors(MessageType.COMMAND.word(), changed.replace(roles, roles + " boss")))
                .isNotEmpty();
    }

    @Test
    void a_schema_takes_every_method_of_a_payout_that_is_read() throws IOException {
        var command = Files.readString(GOLDEN.resolve("command-withdraw-payout.json"));
        var changed =
                command.replaceFirst(
                        "\"method\":\"[^\"]*\"", "\"method\":\"sandbox:ok,delay=1;x@y-z\"");
        assertThat(changed).isNotEqualTo(command);
        assertThat(errors(MessageType.COMMAND.word(), changed)).isEmpty();
    }

    @Test
    void every_type_has_a_schema_and_a_sample() throws IOException {
        var types = Stream.of(MessageType.values()).map(MessageType::word).toList();
        try (var files = Files.list(SCHEMAS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(types);
        }
        assertThat(Samples.all().values().stream().map(CloudEvent::type).distinct())
                .containsExactlyInAnyOrderElementsOf(types);
        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(Samples.all().keySet());
        }
    }

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    private static CloudEvent sample(String name) {
        return Objects.requireNonNull(Samples.all().get(name));
    }

    private static String errors(String type, String message) {
        var schema = REGISTRY.getSchema(SchemaLocation.of(SCHEMA_BASE + type + ".json"));
        return schema
                .validate(
                        message,
                        InputFormat.JSON,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String pretty(String json) {
        return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(PRETTY.readTree(json));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
