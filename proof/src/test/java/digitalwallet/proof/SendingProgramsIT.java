package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.SendingProgram.Language;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs that docs/callers.md shows keep its promise: they are killed in the middle again and
 * again, and so is the server; afterwards every movement is in the books exactly once.
 */
final class SendingProgramsIT {

    private static final int ROUNDS = Boolean.getBoolean("wallet.test.long") ? 12 : 3;
    private static final int ROUNDS_MAX = 30;
    private static final int MOVEMENTS = 80;
    private static final long SEED = Long.getLong("wallet.test.seed", 1);

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource
    void each_movement_is_in_the_books_once_whatever_is_killed(Language language)
            throws SQLException {
        language.require();
        try (var shop = SendingShop.open(folder, language)) {
            int round = 0;
            while (round < ROUNDS || (shop.replays() == 0 && round < ROUNDS_MAX)) {
                kill(shop, round++);
            }
            finish(shop);
            assertThat(shop.replays())
                    .as("answers that only the second attempt heard")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_queued_movement_is_in_the_books_once_whatever_is_killed(Language language)
            throws SQLException {
        language.require();
        try (var shop = SendingShop.openWithQueue(folder, language)) {
            for (int round = 0; round < ROUNDS; round++) {
                kill(shop, round);
            }
            finish(shop);
        }
    }

    /** The program dies in the middle: alone, with the server, or while nobody answers it. */
    private void kill(SendingShop shop, int round) {
        shop.intend(MOVEMENTS);
        try (var program = shop.startProgram()) {
            shop.awaitSteps(program, 1 + random.nextInt(MOVEMENTS));
            switch (round % 3) {
                case 0 -> program.kill();
                case 1 -> {
                    shop.server().stop();
                    shop.awaitUnanswered(program);
                    program.kill();
                    shop.server().goOn();
                }
                default -> {
                    shop.server().kill();
                    program.kill();
                    shop.server().restart();
                }
            }
        }
        shop.server().awaitReady();
    }

    /** Only the server dies now; the program outlives it and comes to its end. */
    private void finish(SendingShop shop) throws SQLException {
        shop.intend(MOVEMENTS);
        try (var program = shop.startProgram()) {
            shop.awaitSteps(program, 1 + random.nextInt(MOVEMENTS));
            shop.server().kill();
            assertThat(program.isRunning()).as(program.output()).isTrue();
            shop.server().restart();
            assertThat(program.exitCode()).as(program.output()).isZero();
        }
        shop.check();
    }
}
