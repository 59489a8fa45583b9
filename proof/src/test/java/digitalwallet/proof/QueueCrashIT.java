package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several services send commands through Kafka while one thing after the other is killed;
 * afterwards every command has exactly one outcome, and those of one user are in order.
 */
final class QueueCrashIT {

    private static final int COMMANDS = Boolean.getBoolean("wallet.test.long") ? 200_000 : 12_000;

    @TempDir private Path folder;

    @Test
    void whatever_is_killed_each_command_has_one_outcome_and_each_user_his_order() {
        try (var shop = QueuedShop.open(folder, COMMANDS)) {
            shop.awaitProcessed(COMMANDS / 8);
            var first = shop.servers().getFirst();
            first.kill();
            assertThat(first.isAlive()).isFalse();
            shop.addServer();
            shop.awaitProcessed(COMMANDS / 4);

            // It comes back into the group while the other one has all partitions.
            first.restart();
            first.awaitReady();
            shop.awaitProcessed(COMMANDS * 3 / 8);

            shop.kafka().kill();
            assertThat(shop.kafka().isRunning()).isFalse();
            shop.kafka().restart();
            shop.awaitProcessed(COMMANDS / 2);

            shop.postgres().kill();
            assertThat(shop.postgres().isRunning()).isFalse();
            shop.postgres().restart();
            shop.awaitProcessed(COMMANDS * 5 / 8);

            // It stands still long enough to lose its partitions, and wakes up as a zombie.
            var sleeper = shop.servers().getLast();
            sleeper.stop();
            shop.awaitProcessed(COMMANDS * 7 / 8);
            sleeper.goOn();

            shop.finishAndCheck();
        }
    }
}
