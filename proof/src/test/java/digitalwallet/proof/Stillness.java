package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.RestoredOrders.Order;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits until payments have come to where they stay. */
final class Stillness {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Set<String> ENDS = Set.of("settled", "returned", "refunded");
    // So many users that most partitions have one.
    private static final int NEWS = 12;

    private final RestoredOrders orders;
    private final Holdings holdings;
    private int rounds;
    private String last = "";

    Stillness(RestoredOrders orders, Holdings holdings) {
        this.orders = orders;
        this.holdings = holdings;
    }

    /**
     * Until all that was told has gone through Kafka, to the wallet and back, and nothing moves.
     */
    void awaitStillness() {
        rounds++;
        var news =
                IntStream.range(0, NEWS)
                        .mapToObj(n -> new Order("in-news-%d-%d".formatted(rounds, n), "ok"))
                        .toList();
        news.forEach(orders::order);
        awaitEnd(news);
        await(() -> assertThat(orders.states().values()).doesNotContain("pending", "refunding"));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(4))
                .until(this::all, this::isTheSame);
    }

    private boolean isTheSame(String now) {
        boolean same = now.equals(last);
        last = now;
        return same;
    }

    private String all() {
        return new TreeMap<>(orders.states()).toString() + new TreeMap<>(holdings.held());
    }

    void awaitEnd(List<Order> ordered) {
        await(
                () -> {
                    var states = orders.states();
                    for (var order : ordered) {
                        var state = states.getOrDefault(order.user(), "none");
                        boolean isEnd = ENDS.contains(state);
                        assertThat(isEnd || (order.isTopUp() && state.equals("failed")))
                                .as(order + " is " + state)
                                .isTrue();
                    }
                });
    }

    void awaitKnown(int count) {
        await(() -> assertThat(orders.states()).hasSize(count));
    }

    static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(assertion);
    }
}
