package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way of writing events and the usual one write the same bytes. */
final class WalletEventTextTest {

    private final WalletEventText.Writer writer = new WalletEventText.Writer();

    @Test
    void every_kind_of_event_is_written_as_its_envelope_writes_it() {
        var events =
                Samples.all().values().stream()
                        .filter(each -> each.type().equals(MessageType.TRANSACTION.word()))
                        .toList();
        assertThat(events).hasSizeGreaterThan(4);
        events.forEach(event -> assertSame(WalletEvent.read(event)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"quoted\" \\ and / slashed",
                "line\nbreak\ttab\r\b\f\u0000\u001f\u007f",
                "Zoë, 日本, \uD83D\uDE00, \u2028 and \u00a0",
                "</script>"
            })
    void what_people_write_is_escaped_in_the_same_way(String text) {
        var usual = Samples.posted("deposit", "1.00", new Parties.One(text));
        var notes = new Notes(text, text, new TreeMap<>(Map.of("k" + text, text)));
        var transaction =
                new WalletEvent.Transaction(
                        usual.id(),
                        usual.type(),
                        usual.status(),
                        usual.amount(),
                        usual.currency(),
                        usual.parties(),
                        text,
                        new References(text, text, usual.id(), text),
                        notes,
                        new PayoutTarget(text, text),
                        usual.createdAt().plusNanos(123_456_000),
                        new WalletEvent.Rejection("code", new TreeMap<>(Map.of("user_id", text))));
        assertSame(new WalletEvent(text, transaction, null));
        var wallet = new WalletEvent.Wallet(text, "USD", Long.MAX_VALUE, "-1.00", "0.00", "open");
        assertSame(new WalletEvent(text, transaction, wallet));
    }

    @Test
    void every_character_is_escaped_in_the_same_way_wherever_it_stands() {
        for (char character = 0; character < 0x180; character++) {
            for (int place = 0; place < 17; place++) {
                var user = "x".repeat(place) + character + "y".repeat(16 - place);
                assertSame(
                        new WalletEvent(
                                user,
                                Samples.posted("deposit", "1.00", new Parties.One(user)),
                                null));
            }
        }
    }

    private void assertSame(WalletEvent event) {
        var quick = writer.write(event.transaction()).event(event.subject(), event.wallet());
        assertThat(new String(quick.value(), StandardCharsets.UTF_8))
                .isEqualTo(new String(event.toEvent().write(), StandardCharsets.UTF_8));
        var usual = Message.of(event.key(), event.toEvent());
        assertThat(List.of(quick.key(), quick.type(), quick.id(), quick.time()))
                .isEqualTo(List.of(usual.key(), usual.type(), usual.id(), usual.time()));
    }
}
