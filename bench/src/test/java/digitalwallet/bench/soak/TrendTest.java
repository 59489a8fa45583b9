package digitalwallet.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static final int SAMPLES = 360;
    private static final int SECONDS = 10;

    @Test
    void memory_that_grows_slowly_for_ever_is_not_flat() {
        var trend = trend(i -> 200 + i / 4.0);
        assertThat(trend.isFlat()).isFalse();
        assertThat(trend.perHour()).isBetween(89.0, 91.0);
    }

    @Test
    void memory_that_goes_up_and_down_with_the_collections_is_flat() {
        assertThat(trend(i -> 200 + i % 20).isFlat()).isTrue();
    }

    @Test
    void what_fills_up_in_the_first_half_does_not_count() {
        assertThat(trend(i -> Math.min(500, 100 + i * 2.5)).isFlat()).isTrue();
        assertThat(trend(i -> Math.min(500, 100 + i * 1.5)).isFlat()).isFalse();
    }

    @Test
    void a_large_sawtooth_is_flat_and_one_whose_floor_rises_is_not() {
        assertThat(trend(i -> 150 + i % 40 * 3.0).isFlat()).isTrue();
        assertThat(trend(i -> 150 + i % 40 * 3.0 + i / 4.0).isFlat()).isFalse();
    }

    @Test
    void a_leak_that_begins_after_half_an_hour_is_found() {
        assertThat(trend(i -> 300 + Math.max(0, i - 180) / 4.0).isFlat()).isFalse();
    }

    @Test
    void customers_alone_and_looks_that_failed_do_not_count() {
        var samples = new ArrayList<Sample>();
        samples.add(new Sample(0, false, Map.of("memory", 1.0)));
        for (int i = 1; i < SAMPLES; i++) {
            samples.add(new Sample(i, true, i % 2 == 0 ? Map.of() : Map.of("memory", 300.0)));
        }
        var trend = Trend.of("memory", samples);
        assertThat(Trend.of("never seen", samples).isFlat()).isFalse();
        assertThat(trend.plot()).contains("300 to 300, +0.0 an hour");
    }

    private static Trend trend(IntToDoubleFunction memory) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < SAMPLES; i++) {
            var figures = Map.of("memory", memory.applyAsDouble(i));
            samples.add(new Sample((long) i * SECONDS, true, figures));
        }
        return Trend.of("memory", List.copyOf(samples));
    }
}
