package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import digitalwallet.messages.MalformedMessageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the envelope takes and what it refuses, with which code. */
final class CloudEventTest {

    private static final String GOOD =
            """
            {"specversion":"1.0","type":"wallet.command.v1","source":"orders","id":"i-1",\
            "time":"2026-11-23T11:00:00+01:00","data":{"amount":10.10,"n":1e400}}\
            """;

    @Test
    void a_message_is_read_with_its_numbers_as_they_were_written() {
        var event = read(GOOD);
        assertThat(event.time()).isEqualTo(Samples.TIME);
        assertThat(new String(event.dataBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"amount\":10.10,\"n\":1e400}");
    }

    @Test
    void extensions_are_kept_and_a_null_is_the_same_as_nothing() {
        var event =
                read(GOOD.replace("\"id\"", "\"traceid\":\"t\",\"n\":7,\"subject\":null,\"id\""));
        assertThat(event.extensions()).containsEntry("traceid", "t").containsEntry("n", "7");
        assertThat(event.subject()).isNull();
        assertThat(CloudEvent.read(event.write())).isEqualTo(event);
    }

    @Test
    void a_charset_beside_the_content_type_changes_nothing() {
        var event =
                GOOD.replace(
                        "\"id\"", "\"datacontenttype\":\"application/json; charset=utf-8\",\"id\"");
        assertThat(read(event)).isEqualTo(read(GOOD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"1.0\" | \"0.3\" | WRONG_SPECVERSION",
                "\"1.0\" | 1.0 | INVALID_ATTRIBUTE",
                "\"specversion\" | \"specversio\" | MISSING_ATTRIBUTE",
                "\"source\":\"orders\", | `` | MISSING_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":null | MISSING_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":\"\" | INVALID_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":\"a\\u0000b\" | INVALID_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":\"a\",\"source\":\"a\" | DUPLICATE_FIELD",
                "\"source\":\"orders\" | \"source\":\"o\",\"Caller\":\"a\" | INVALID_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":\"o\",\"a\":[] | INVALID_ATTRIBUTE",
                "\"source\":\"orders\" | \"source\":\"\\ud800\" | INVALID_TEXT",
                "11:00:00+01:00 | 11:00 | INVALID_ATTRIBUTE",
                "\"id\" | \"datacontenttype\":\"text/xml\",\"id\" | WRONG_DATACONTENTTYPE",
                "{\"amount\":10.10,\"n\":1e400} | [] | INVALID_DATA",
                "{\"amount\":10.10,\"n\":1e400} | null | INVALID_DATA",
                "{\"amount\":10.10,\"n\":1e400} | \"e30=\" | INVALID_DATA",
                "\"amount\":10.10 | \"amount\":1,\"amount\":1 | DUPLICATE_FIELD",
                "\"amount\":10.10 | \"a\":[[[[[[[[]]]]]]]] | TOO_DEEP",
                "\"amount\":10.10 | \"amount\":010 | MALFORMED_JSON",
                "\"amount\":10.10 | \"amount\":NaN | MALFORMED_JSON",
                "1e400}} | 1e400}} {} | MALFORMED_JSON",
                "1e400}} | 1e400} | MALFORMED_JSON",
            })
    void what_is_wrong_is_refused_with_its_code(String good, String bad, Reason reason) {
        assertThat(GOOD).contains(good);
        assertThat(reason(GOOD.replace(good, bad).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(reason);
    }

    @Test
    void other_encodings_and_other_values_are_refused() {
        var utf16 = GOOD.getBytes(StandardCharsets.UTF_16LE);
        var marked = ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8);
        var surrogate = new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        for (var bytes : List.of(utf16, marked, surrogate, new byte[0], bytes("[]"), bytes("7"))) {
            assertThat(reason(bytes)).isEqualTo(Reason.MALFORMED_JSON);
        }
    }

    @Test
    void a_message_has_a_limit() {
        var long_ = GOOD.replace("\"n\"", "\"" + "n".repeat(CloudEvent.BYTES_MAX) + "\"");
        assertThat(reason(bytes(long_))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void an_unknown_type_or_version_is_told_apart() {
        assertThat(read(GOOD).knownType()).isEqualTo(MessageType.COMMAND);
        var later = read(GOOD.replace("command.v1", "command.v2"));
        assertThatThrownBy(later::knownType)
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_TYPE));
    }

    @Test
    void a_caller_is_named_whole_or_not_at_all() {
        var named = Samples.command("wallet", new Caller("a", "user"), Samples.transfer());
        assertThat(Caller.of(named.toEvent())).isEqualTo(new Caller("a", "user"));
        assertThat(Caller.of(read(GOOD))).isNull();
        var half = read(GOOD.replace("\"id\"", "\"callerid\":\"a\",\"id\""));
        assertThatThrownBy(() -> Caller.of(half)).isInstanceOf(MalformedMessageException.class);
    }

    private static CloudEvent read(String text) {
        return CloudEvent.read(bytes(text));
    }

    private static Reason reason(byte[] message) {
        var e =
                catchThrowableOfType(
                        MalformedMessageException.class, () -> CloudEvent.read(message));
        assertThat(e).as("refused").isNotNull();
        return e.reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
