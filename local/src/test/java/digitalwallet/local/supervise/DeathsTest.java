package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeathsTest {

    private final Deaths deaths = new Deaths();

    @Test
    void the_fifth_death_in_a_minute_is_one_too_many() {
        for (var second : new int[] {0, 15, 30, 45}) {
            assertThat(deaths.add(TimeUnit.SECONDS.toNanos(second))).isFalse();
        }
        assertThat(deaths.add(TimeUnit.SECONDS.toNanos(59))).isTrue();
    }

    @Test
    void a_death_is_forgotten_after_a_minute() {
        for (var second : new int[] {0, 15, 30, 45, 60, 75, 90}) {
            assertThat(deaths.add(TimeUnit.SECONDS.toNanos(second))).isFalse();
        }
    }
}
