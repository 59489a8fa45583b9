package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one database under load over HTTP; something is killed; afterwards every caller
 * was told the truth and the books are right. The moments are random: {@code -Dwallet.test.seed}
 * repeats a choice of victims.
 */
final class CrashIT {

    private static final int ROUNDS = Boolean.getBoolean("wallet.test.long") ? 20 : 1;
    private static final long SEED = Long.getLong("wallet.test.seed", 1);

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void killed_postgresql_loses_and_doubles_nothing() {
        try (var shop = Shop.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.awaitAnswers(100);
                long faults = shop.faults();
                shop.postgres().kill();
                shop.awaitFaultsBeyond(faults);
                assertThat(shop.postgres().isRunning()).isFalse();
                shop.postgres().restart();
            }
            shop.awaitAnswers(100);
            shop.closeAndCheck();
        }
    }

    @Test
    void a_killed_server_loses_and_doubles_nothing() {
        try (var shop = Shop.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.awaitAnswers(100);
                long faults = shop.faults();
                var victim = shop.servers().get(random.nextInt(2));
                victim.kill();
                shop.awaitFaultsBeyond(faults);
                // The other one goes on alone.
                shop.awaitAnswers(100);
                assertThat(victim.isAlive()).isFalse();
                victim.restart();
                victim.awaitReady();
            }
            shop.awaitAnswers(100);
            shop.closeAndCheck();
        }
    }

    @Test
    void everything_killed_at_once_loses_and_doubles_nothing() {
        try (var shop = Shop.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.awaitAnswers(100);
                long faults = shop.faults();
                shop.servers().forEach(WalletProcess::kill);
                shop.postgres().kill();
                shop.awaitFaultsBeyond(faults);
                shop.postgres().restart();
                shop.servers().forEach(WalletProcess::restart);
                shop.servers().forEach(WalletProcess::awaitReady);
            }
            shop.awaitAnswers(100);
            shop.closeAndCheck();
        }
    }

    @Test
    void a_stopped_server_holds_nobody_up_and_does_no_harm_when_it_goes_on() {
        try (var shop = Shop.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.awaitAnswers(100);
                var stopped = shop.servers().get(random.nextInt(2));
                var going = shop.servers().get(1 - shop.servers().indexOf(stopped));
                stopped.stop();
                // The signal takes a moment to reach all threads.
                Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> !stopped.isReady());
                shop.everyUserIsServedBy(going);
                stopped.goOn();
                stopped.awaitReady();
            }
            shop.awaitAnswers(100);
            shop.closeAndCheck();
        }
    }
}
