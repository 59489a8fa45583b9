package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dead letters, as whoever looks after them sees them. */
final class DeadIT {

    private static QueueFixture queue;

    private record Run(int code, String out, String err) {}

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
        assertThat(dead("list").out()).startsWith("no dead letters");
        var user = TestWallet.somebody();
        var message = queue.command(user, "deposit", "1.001");
        queue.send(user, message, List.of());
        queue.awaitProcessed();

        var list = dead("list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("amount_precision").contains("wallet.commands-");
        assertThat(dead("show", "0").out())
                .contains("reason: amount_precision")
                .contains("key: " + user)
                .contains(message);

        assertThat(dead("retry", "0").code()).isZero();
        queue.awaitProcessed();
        // It came back as another letter, and the first one is no longer waiting.
        var again = dead("list").out();
        assertThat(again).contains("amount_precision");
        assertThat(again.lines().skip(1)).hasSize(1).noneMatch(line -> line.startsWith("0 "));
    }

    @Test
    void what_is_not_there_or_not_understood_is_said_in_one_sentence() {
        assertThat(dead("show", "4711"))
                .isEqualTo(new Run(1, "", "There is no dead letter 4711.\n"));
        assertThat(dead("burn").code()).isEqualTo(2);
        assertThat(dead("show", "one").code()).isEqualTo(2);
        assertThat(run(Map.of(), "list").err()).contains("WALLET_KAFKA_BOOTSTRAP");
    }

    private static Run dead(String... arguments) {
        var variables = new HashMap<String, String>();
        queue.wallet()
                .environment()
                .forEach(
                        (name, value) -> {
                            if (name.contains("KAFKA") || name.contains("QUEUE_KEY")) {
                                variables.put(name, value);
                            }
                        });
        return run(variables, arguments);
    }

    private static Run run(Map<String, String> variables, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code =
                Dead.run(
                        variables,
                        arguments,
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
