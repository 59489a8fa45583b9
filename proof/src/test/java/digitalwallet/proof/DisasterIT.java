package digitalwallet.proof;

import static digitalwallet.proof.Stores.Store.BOOKS;
import static digitalwallet.proof.Stores.Store.KAFKA;
import static digitalwallet.proof.Stores.Store.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.Stores.Store;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some of the stores are restored to an earlier time, the others are not, and the bank never is;
 * payments are in every state then and later. No money is there twice, and what is missing is
 * named.
 */
final class DisasterIT {

    private static final boolean LONG = Boolean.getBoolean("wallet.test.long");

    @TempDir private static Path folder;
    private static RestoredShop shop;

    @BeforeAll
    static void open() {
        shop = RestoredShop.open(folder);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** With {@code ./wallet up}, one database has both. */
    static List<Set<Store>> databases() {
        return LONG
                ? List.of(Set.of(BOOKS, PAYMENTS), Set.of(PAYMENTS), Set.of(BOOKS))
                : List.of(Set.of(BOOKS, PAYMENTS));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void no_top_up_is_credited_and_paid_back_when_a_database_is_restored_and_kafka_is_not(
            Set<Store> back) {
        shop.restore(back);
        shop.callersRepeat();
        shop.check(false);
        assertThat(shop.different()).isEmpty();
        assertThat(shop.states())
                .containsEntry("in-pending", "settled")
                .containsEntry("in-told", "settled")
                .containsEntry("out-after", "settled")
                .containsEntry("out-after-returned", "returned");
    }

    /** Only payments and the bank can tell; each of them does, and says what to do. */
    @Test
    void a_payout_that_neither_books_nor_kafka_know_is_named_with_amount_and_remedy() {
        shop.restore(Set.of(BOOKS, KAFKA));
        shop.check(true);
        assertThat(shop.different()).containsEntry("out-after", new BigDecimal("10.00"));
        assertThat(shop.named().get("out-after"))
                .anySatisfy(
                        each -> {
                            assertThat(each.path("code").asString())
                                    .isEqualTo("payout_not_in_the_ledger");
                            assertThat(each.path("amount").asString()).isEqualTo("10.00");
                            assertThat(each.path("remedy").asString())
                                    .contains("withdraw the amount from the wallet");
                        });
    }

    /** The other pairs of stores of different times, in both directions. */
    static List<Set<Store>> withKafka() {
        return LONG
                ? List.of(Set.of(KAFKA), Set.of(PAYMENTS, KAFKA), Set.of(BOOKS, PAYMENTS, KAFKA))
                : List.of(Set.of(KAFKA));
    }

    @ParameterizedTest
    @MethodSource("withKafka")
    void no_money_is_there_twice_and_what_is_missing_is_named_when_kafka_is_restored(
            Set<Store> back) {
        shop.restore(back);
        check(back);
    }

    static List<Set<Store>> withoutKafka() {
        return LONG
                ? List.of(Set.of(), Set.of(PAYMENTS), Set.of(BOOKS), Set.of(BOOKS, PAYMENTS))
                : List.of(Set.of(PAYMENTS));
    }

    @ParameterizedTest
    @MethodSource("withoutKafka")
    void the_same_holds_when_kafka_is_lost(Set<Store> back) {
        shop.restoreWithoutKafka(back);
        check(back);
    }

    private static void check(Set<Store> back) {
        shop.callersRepeat();
        shop.check(back.contains(BOOKS));
        if (!back.contains(BOOKS)) {
            assertThat(shop.different()).isEmpty();
        }
    }
}
