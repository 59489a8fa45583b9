package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters, as an operator sees them. */
final class DeadIT {

    private static final String KEY_FILE = "WALLET_QUEUE_KEY_FILE";
    private static final String OTHER_KEY_FILE = "WALLET_QUEUE_KEY_OTHER_FILE";
    private static QueueFixture queue;

    @BeforeAll
    static void start() {
        queue = QueueFixture.start();
    }

    @AfterAll
    static void stop() {
        queue.close();
    }

    @Test
    void a_letter_is_listed_shown_and_sent_again_as_it_was() {
        var user = TestWallet.somebody();
        var message = queue.command(user, "deposit", "1.001");
        queue.send(user, message);
        queue.awaitProcessed();

        var id = waiting(user);
        assertThat(dead("show", id).out())
                .contains("reason: amount_precision")
                .contains("topic: wallet.commands")
                .contains("key: " + user)
                .contains(message);

        assertThat(dead("retry", id).code()).isZero();
        queue.awaitProcessed();
        // It came back as another letter, and the first one is no longer waiting.
        assertThat(waiting(user)).isNotEqualTo(id);
        assertThat(dead("show", id).out()).contains(message);
    }

    @Test
    void what_can_be_done_later_is_done_when_it_is_retried() throws IOException {
        var user = TestWallet.somebody();
        var key = "another queue key of 32 bytes or more".getBytes(UTF_8);
        var otherKey = Files.write(Files.createTempFile("queue-key-", ""), key);
        var ofBoss = "\"callerid\":\"boss\",\"callerrole\":\"system\",\"subject\"";
        var command = queue.command(user, "deposit", "5.00").replace("\"subject\"", ofBoss);
        var keys = new MessageKeys(new MessageKey(key), null);
        queue.send(QueueFixture.signed(Topic.COMMANDS, user, command, keys));
        queue.awaitProcessed();
        var id = waiting(user);
        assertThat(dead("show", id).out()).contains("reason: bad_signature");

        var before = queue.wallet().environment().get(KEY_FILE);
        queue.wallet().environment().put(KEY_FILE, otherKey.toString());
        queue.wallet().environment().put(OTHER_KEY_FILE, before);
        queue.wallet().restart();
        assertThat(dead("retry", id).code()).isZero();
        queue.awaitProcessed();
        assertThat(letters(user)).isEmpty();
        // A second time does no harm: the books know the command.
        assertThat(dead("retry", id).code()).isZero();
        queue.awaitProcessed();
        assertThat(letters(user)).isEmpty();
        assertThat(queue.wallet().get("system", "/wallets/" + user + "/balance").text("amount"))
                .isEqualTo("5.00");
        queue.wallet().environment().put(KEY_FILE, before);
        queue.wallet().environment().remove(OTHER_KEY_FILE);
        queue.wallet().restart();
    }

    @Test
    void a_letter_that_the_wallet_did_not_write_is_shown_as_such_and_never_sent() {
        var user = TestWallet.somebody();
        queue.send(user, queue.command(user, "deposit", "1.001"));
        queue.awaitProcessed();
        var letter = queue.letters().last();
        var command = queue.signed(user, queue.command(user, "deposit", "5.00"));

        var altered = queue.letters().add(letter.key(), command.value(), letter.headers());
        assertThat(line(altered)).contains(" forged ");
        assertThat(dead("show", altered).out()).startsWith("FORGED: ");
        var headers = new RecordHeaders(letter.headers()).remove("dead-signature");
        command.headers().forEach(headers.remove("wallet-signature")::add);
        var unsigned = queue.letters().add(letter.key(), command.value(), headers);
        assertThat(line(unsigned)).contains(" not signed ");
        assertThat(dead("show", unsigned).out()).startsWith("NOT SIGNED: ");

        for (var id : List.of(altered, unsigned)) {
            var retried = dead("retry", id);
            assertThat(retried.code()).isEqualTo(1);
            assertThat(retried.err()).contains("not certain that the wallet wrote this letter");
        }
        queue.awaitProcessed();
        assertThat(queue.wallet().get("system", "/wallets/" + user).status()).isEqualTo(404);
    }

    @Test
    void a_forged_mark_hides_no_letter() {
        var user = TestWallet.somebody();
        queue.send(user, queue.command(user, "deposit", "1.001"));
        queue.awaitProcessed();
        var id = waiting(user);
        var seal = queue.letters().last().headers().lastHeader("dead-signature").value();
        var mark =
                new RecordHeaders()
                        .add("dead-retried", id.getBytes(UTF_8))
                        .add("dead-letter", seal);
        var _ = queue.letters().add(null, new byte[0], mark);
        var _ = queue.letters().add(null, new byte[0], mark.add("dead-signature", seal));
        assertThat(waiting(user)).isEqualTo(id);
    }

    @Test
    void headers_without_a_value_make_a_letter_like_any_other() {
        var user = TestWallet.somebody();
        var message = queue.signed(user, queue.command(user, "deposit", "1.00"));
        message.headers().remove("wallet-signature").add("wallet-signature", null).add("h", null);
        queue.send(message);
        queue.awaitProcessed();
        var id = waiting(user);
        assertThat(dead("show", id).out()).contains("reason: bad_signature");

        assertThat(dead("retry", id).code()).isZero();
        queue.awaitProcessed();
        assertThat(waiting(user)).isNotEqualTo(id);
    }

    @Test
    void a_letter_that_was_kept_twice_is_listed_and_retried_once() {
        var user = TestWallet.somebody();
        queue.send(user, queue.command(user, "deposit", "1.001"));
        queue.awaitProcessed();
        var id = waiting(user);
        queue.letters().addAgain(queue.letters().last());

        assertThat(waiting(user)).isEqualTo(id);
        assertThat(dead("retry", id).code()).isZero();
        queue.awaitProcessed();
        assertThat(letters(user)).hasSize(1).doesNotContain(id);
    }

    /** Whoever may send commands may give them any headers. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "abc", "-1", "99999999999999999999", ""})
    void a_header_that_only_the_wallet_may_write_hides_no_letter(String retried) {
        var user = TestWallet.somebody();
        var header = new RecordHeader("dead-retried", retried.getBytes(UTF_8));
        var message = queue.signed(user, queue.command(user, "deposit", "1.001"));
        message.headers().add(header);
        queue.send(message);
        queue.awaitProcessed();
        var id = waiting(user);

        var hostile = queue.signed(user, "no json");
        hostile.headers().add("dead-retried", id.getBytes(UTF_8));
        queue.send(hostile);
        var _ =
                queue.letters()
                        .add(null, "junk".getBytes(UTF_8), new RecordHeaders(List.of(header)));
        queue.awaitProcessed();
        assertThat(letters(user)).hasSize(2).contains(id);
    }

    @Test
    void what_moves_a_cursor_reaches_no_terminal() {
        var user = TestWallet.somebody();
        var field = "\"\\u001b]0;owned\\u0007\\n9 forged\":1,\"amount\"";
        var message =
                queue.signed(
                        user, queue.command(user, "deposit", "1.00").replace("\"amount\"", field));
        message.headers().add("h", "\u001b[2J".getBytes(UTF_8));
        queue.send(message);
        queue.awaitProcessed();

        for (var id : letters(user)) {
            assertThat(dead("show", id).out()).doesNotContain("\u001b", "\u0007");
        }
        assertThat(dead("list").out())
                .doesNotContain("\u001b", "\u0007", "\n9 forged")
                .contains("unknown_field")
                .contains("\\u001b]0;owned");
    }

    @Test
    void a_letter_is_retried_however_old_its_message_is() {
        var user = TestWallet.somebody();
        var sent = Instant.now().minus(Duration.ofDays(40));
        var id = UuidCreator.getTimeOrderedEpoch(sent).toString();
        var message =
                queue.command(user, "deposit", "1.001")
                        .replaceAll("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"");
        queue.sendTo(0, sent, queue.signed(user, message));
        queue.awaitProcessed();
        var letter = waiting(user);
        assertThat(dead("show", letter).out()).contains("reason: amount_precision");

        assertThat(dead("retry", letter).code()).isZero();
        queue.awaitProcessed();
        assertThat(dead("show", waiting(user)).out()).contains("reason: amount_precision");
    }

    @Test
    void a_message_that_is_too_large_is_kept_by_reference() throws Exception {
        var user = TestWallet.somebody();
        var message = (user + " ".repeat(1_450_000 - user.length())).getBytes(UTF_8);
        queue.sendTo(1, Instant.now(), queue.signed(user, message));
        queue.awaitProcessed();
        var id = waiting(user);
        var digest = MessageDigest.getInstance("SHA-256").digest(message);

        assertThat(dead("show", id).out())
                .contains("reason: too_large")
                .contains("topic: wallet.commands", "partition: 1")
                .contains("bytes: 1450000")
                .contains("sha256: " + HexFormat.of().formatHex(digest))
                .contains("\n" + user + " ");
        assertThat(queue.letters().last().value()).hasSize(1 << 10);
        var retried = dead("retry", id);
        assertThat(retried.code()).isEqualTo(1);
        assertThat(retried.err()).contains("too large");
        assertThat(waiting(user)).isEqualTo(id);
    }

    @Test
    void what_is_not_there_or_not_understood_is_said_in_one_sentence() {
        assertThat(dead("show", "4711"))
                .isEqualTo(new DeadRun(1, "", "There is no dead letter 4711.\n"));
        assertThat(dead("burn").code()).isEqualTo(2);
        assertThat(dead("burn", "0").code()).isEqualTo(2);
        assertThat(dead("show", "one").code()).isEqualTo(2);
        assertThat(DeadRun.of(Map.of(), "list").err()).contains("WALLET_KAFKA_BOOTSTRAP");
    }

    /** The one letter about this user that waits. */
    private static String waiting(String user) {
        var letters = letters(user);
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }

    private static String line(String id) {
        return dead("list")
                .out()
                .lines()
                .filter(line -> line.startsWith(id + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> letters(String user) {
        var list = dead("list");
        assertThat(list.code()).isZero();
        return list.out()
                .lines()
                .filter(line -> line.matches("[0-9]+ .* wallet\\.commands-[0-9]+@[0-9]+ .*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(id -> dead("show", id).out().contains("key: " + user + "\n"))
                .toList();
    }

    private static DeadRun dead(String... arguments) {
        return DeadRun.of(queue.wallet().environment(), arguments);
    }
}
