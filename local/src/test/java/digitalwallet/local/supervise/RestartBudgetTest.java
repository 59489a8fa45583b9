package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RestartBudgetTest {

    private final RestartBudget budget = new RestartBudget();

    @Test
    void the_fifth_death_in_a_minute_is_one_too_many() {
        for (var second : new int[] {0, 15, 30, 45}) {
            assertThat(budget.died(TimeUnit.SECONDS.toNanos(second))).isPresent();
        }
        assertThat(budget.died(TimeUnit.SECONDS.toNanos(59))).isEmpty();
    }

    @Test
    void a_death_is_forgotten_after_a_minute() {
        for (var second : new int[] {0, 15, 30, 45, 60, 75, 90}) {
            assertThat(budget.died(TimeUnit.SECONDS.toNanos(second))).isPresent();
        }
    }

    @Test
    void the_first_start_is_at_once_and_each_further_one_waits_twice_as_long() {
        assertThat(LongStream.rangeClosed(1, 4).mapToObj(budget::died))
                .extracting(pause -> pause.orElseThrow().toSeconds())
                .containsExactly(0L, 1L, 2L, 4L);
        assertThat(budget.died(Duration.ofHours(1).toNanos())).hasValue(Duration.ZERO);
    }
}
