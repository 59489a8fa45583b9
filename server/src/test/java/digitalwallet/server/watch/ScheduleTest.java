package digitalwallet.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due is done, again and again, whatever happened before. */
final class ScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T02:00:00Z, 03:00, PT1H",
        "2026-01-01T03:00:00Z, 03:00, PT24H",
        "2026-01-01T03:00:00.001Z, 03:00, PT23H59M59.999S",
        "2026-01-01T23:59:59Z, 00:00, PT1S"
    })
    void a_time_of_day_is_due_once_a_day(Instant now, LocalTime at, Duration wait) {
        assertThat(Schedule.untilNext(at, now)).isEqualTo(wait);
    }

    @Test
    void a_task_that_fails_is_done_again() {
        var runs = new AtomicInteger();
        try (var _ =
                new Schedule("test", InstantSource.system())
                        .every(
                                Duration.ofMillis(5),
                                "a task",
                                () -> {
                                    runs.incrementAndGet();
                                    throw new IllegalStateException("on purpose");
                                })) {
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> runs.get() >= 3);
        }
    }

    @Test
    void a_daily_task_is_done_at_its_time_and_once() throws InterruptedException {
        var soon = Instant.now().plusMillis(300).atOffset(ZoneOffset.UTC).toLocalTime();
        var runs = new AtomicInteger();
        try (var _ =
                new Schedule("test", InstantSource.system())
                        .daily(soon, "a task", runs::incrementAndGet)) {
            Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> runs.get() > 0);
            Thread.sleep(50);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void nothing_is_done_after_the_end() throws InterruptedException {
        var runs = new AtomicInteger();
        var schedule =
                new Schedule("test", InstantSource.system())
                        .every(Duration.ofMillis(5), "a task", runs::incrementAndGet);
        Awaitility.await().atMost(5, TimeUnit.MINUTES).until(() -> runs.get() > 0);
        schedule.close();
        Thread.sleep(50);
        int before = runs.get();
        Thread.sleep(50);
        assertThat(runs).hasValue(before);
    }
}
