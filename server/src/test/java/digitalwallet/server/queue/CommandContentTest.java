package digitalwallet.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import digitalwallet.json.Json;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.DigestKey;
import digitalwallet.messages.CommandMessage;
import digitalwallet.money.CurrencyCode;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.request.Request;
import digitalwallet.server.request.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A queued command is read as the command that was queued. */
final class CommandContentTest {

    private static final DigestKey DIGEST_KEY = new DigestKey(new byte[32]);
    private static final UUID ID = UUID.fromString("019ab000-0000-7000-8000-000000000001");
    private static final Caller SHOP = new Caller("shop", Set.of(Role.SYSTEM));
    private static final Caller SUPPORT = new Caller("support-7", Set.of(Role.SUPPORT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'deposit','user_id':7,'amount':1.5,'initiated_by':'shop'}",
                "{'type':'deposit','user_id':'a','amount':'1','initiated_by':'a','currency':'JPY',"
                        + "'bank_transaction_id':'bt-1','description':'für \\u2028 dich',"
                        + "'reason':'because','metadata':{'b':'2','a':'1'},'idempotency_key':'k'}",
                "{'type':'withdraw','user_id':'a','amount':'0.01','initiated_by':'a'}",
                "{'type':'withdraw','user_id':'a','amount':'4','initiated_by':'a',"
                        + "'payout':{'method':'iban','destination':'DE 00'}}",
                "{'type':'purchase','user_id':'a','amount':'3','initiated_by':'a','order_id':12}",
                "{'type':'refund','user_id':'a','amount':'3','initiated_by':'a',"
                        + "'related_order_id':'o-1',"
                        + "'related_transaction_id':'019ab000-0000-7000-8000-000000000009'}",
                "{'type':'transfer','from_user_id':'a','to_user_id':'b','amount':'12.34',"
                        + "'initiated_by':'a'}",
                "{'type':'open','user_id':'a'}"
            })
    void what_is_queued_is_read_as_the_same_command_wherever_it_is_read(String body) {
        var asked = Request.of(fields(body));
        var command = reader("EUR").read(asked, SHOP, ID);

        var item = CommandContent.of(command, asked.key());
        var event = new CommandMessage(ID, "wallet", Instant.EPOCH, null, item).toEvent();
        var sent = new LinkedHashMap<>(event.data().values());
        var read = reader("USD").read(Request.of(sent), SHOP, ID);

        assertThat(read.fingerprint()).isEqualTo(command.fingerprint());
        assertThat(read.header().key()).isEqualTo(command.header().key());
        assertThat(read.header().initiator()).isEqualTo(command.header().initiator());
        assertThat(read.header().bankReference()).isEqualTo(command.header().bankReference());
        assertThat(read.type()).isEqualTo(command.type());
    }

    @Test
    void a_freeze_has_no_message() {
        var asked = Request.of(fields("{'type':'freeze','user_id':'a','reason':'lost card'}"));
        Command freeze = reader("USD").read(asked, SUPPORT, ID);

        assertThatThrownBy(() -> CommandContent.of(freeze, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_published_schema_names_what_may_be_queued() throws IOException {
        var name = "/digitalwallet/messages/schema/wallet.command.v1.json";
        try (var schema = Objects.requireNonNull(CommandMessage.class.getResourceAsStream(name))) {
            var text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            var types = text.replaceAll("(?s).*?\"type\": \\{\\s*\"enum\": \\[(.*?)].*", "$1");
            var queueable = Arrays.stream(Verb.values()).filter(Verb::isQueueable).map(Verb::word);

            assertThat(types.replaceAll("[\\s\"]", "").split(",", -1))
                    .containsExactlyElementsOf(queueable.toList());
        }
    }

    private static Map<String, Json.Value> fields(String body) {
        var json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new LinkedHashMap<>(
                Json.readObject(json, new Json.Limits(8, 1_000, 1_000)).values());
    }

    private static CommandReader reader(String usual) {
        return new CommandReader(DIGEST_KEY, CurrencyCode.of(usual), Pattern.compile(".*"));
    }
}
