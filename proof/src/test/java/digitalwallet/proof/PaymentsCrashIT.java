package digitalwallet.proof;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wallet and the payments service, joined by Kafka alone, while one thing after the other is
 * killed in the middle of payments; afterwards each payment has ended, and each once.
 */
final class PaymentsCrashIT {

    private static final int ROUNDS = Boolean.getBoolean("wallet.test.long") ? 6 : 1;
    private static final int ORDERS = 90;

    @TempDir private Path folder;

    @Test
    void whatever_is_killed_each_payment_ends_once_and_the_books_agree() {
        try (var shop = PaidShop.open(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.order(ORDERS);
                shop.payments().kill();
                shop.payments().restart();
                shop.awaitTaken();

                shop.order(ORDERS);
                shop.wallet().kill();
                shop.wallet().restart();
                shop.awaitTaken();

                shop.order(ORDERS);
                shop.kafka().kill();
                shop.kafka().restart();
                shop.awaitTaken();

                shop.order(ORDERS);
                shop.postgres().kill();
                shop.postgres().restart();
                shop.awaitTaken();

                shop.order(ORDERS);
                for (var both : List.of(shop.payments(), shop.wallet())) {
                    both.kill();
                    both.restart();
                }
                shop.awaitTaken();
            }
            shop.finishAndCheck();
        }
    }
}
