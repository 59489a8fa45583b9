package digitalwallet.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void what_is_done_too_soon_pauses() {
        var looks = new AtomicInteger();
        var pace = Pace.over(Duration.ofMillis(200), () -> looks.incrementAndGet() < 0);

        pace.pause(1, 2);

        assertThat(looks).hasPositiveValue();
    }

    @Test
    void nothing_pauses_that_is_late_or_done() {
        var looks = new AtomicInteger();
        var pace = Pace.over(Duration.ZERO, () -> looks.incrementAndGet() < 0);
        pace.pause(1, 2);
        Pace.over(LONG, () -> looks.incrementAndGet() < 0).pause(2, 2);

        assertThat(looks).hasValue(0);
    }

    @Test
    void a_pause_ends_when_somebody_waits() {
        var looks = new AtomicInteger();
        var pace = Pace.over(LONG, () -> looks.incrementAndGet() == 3);

        pace.pause(1, 2);

        assertThat(looks).hasValue(3);
    }

    @Test
    void an_interrupted_pause_ends_the_check() {
        var interrupted = new AtomicBoolean();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Pace.over(LONG, interrupted::get).pause(1, 2))
                .isInstanceOf(CheckFailedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
