package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that docs/concepts/queue.md and events.md show do what these pages say. */
final class KafkaProgramsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern SENT = Pattern.compile("wallet\\.commands-\\d+@\\d+ (\\S+)");

    @TempDir private Path folder;

    @Test
    void a_command_sent_by_the_one_program_is_news_for_the_other() {
        try (var shop = SendingShop.openWithQueue(folder, SendingProgram.Language.JAVA);
                var sender = start(shop, "Send.java", shop.producer("orders"), "alice", "10.00");
                var follower = start(shop, "Follow.java")) {
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            var sent = SENT.matcher(sender.output());
            assertThat(sent.find()).as(sender.output()).isTrue();
            var id = sent.group(1);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> follower.output().contains(id + ":alice:USD"));
            assertThat(follower.output())
                    .contains("\"type\":\"deposit\",\"status\":\"posted\",\"amount\":\"10.00\"");
        }
    }

    private SendingProgram start(SendingShop shop, String source, String... further) {
        try {
            var properties = folder.resolve("client.properties");
            Files.writeString(properties, "bootstrap.servers=" + shop.broker() + "\n");
            var arguments = new ArrayList<>(List.of(properties.toString()));
            arguments.addAll(List.of(further));
            return SendingProgram.startWithKafka(
                    source, folder.resolve(source + ".log"), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
