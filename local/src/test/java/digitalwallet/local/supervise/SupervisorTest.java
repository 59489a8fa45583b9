package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import digitalwallet.local.LocalFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class SupervisorTest {

    private final List<String> journal = new CopyOnWriteArrayList<>();

    /** Dies as often as it is told to, each time right after it was found ready. */
    private static final class Mortal implements Child {
        private final String name;
        private int lives;
        private volatile boolean alive;

        Mortal(String name, int lives) {
            this.name = name;
            this.lives = lives;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            alive = true;
        }

        @Override
        public boolean isAlive() {
            if (alive && lives > 0) {
                lives--;
                return false;
            }
            return alive;
        }

        @Override
        public boolean isReady() {
            return alive;
        }

        @Override
        public String lastWords() {
            return "none";
        }

        @Override
        public void stop() {
            alive = false;
        }
    }

    @Test
    void children_start_in_order_and_stop_in_reverse_order() {
        var supervisor =
                new Supervisor(
                        List.of(
                                List.of(new Mortal("first", 0)),
                                List.of(new Mortal("second", 0), new Mortal("beside", 0))),
                        journal::add);
        supervisor.run(supervisor::requestStop, _ -> {});
        assertThat(journal)
                .containsExactly(
                        "starting first",
                        "starting second",
                        "starting beside",
                        "stopping beside",
                        "stopping second",
                        "stopping first");
    }

    @Test
    void a_child_that_dies_is_started_again() {
        var supervisor = new Supervisor(List.of(List.of(new Mortal("child", 4))), journal::add);
        var watcher =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (Collections.frequency(journal, "child was started again")
                                            < 4) {
                                        Thread.onSpinWait();
                                    }
                                    supervisor.requestStop();
                                });
        supervisor.run(() -> {}, _ -> {});
        assertThat(watcher.isInterrupted()).isFalse();
        assertThat(Collections.frequency(journal, "child was started again")).isEqualTo(4);
    }

    @Test
    void one_that_dies_five_times_in_a_minute_stays_down_and_the_others_go_on() {
        var steady = new Mortal("steady", 0);
        var mortal = new Mortal("Kafka", 1000);
        var losses = new CopyOnWriteArrayList<Supervisor.Loss>();
        var supervisor = new Supervisor(List.of(List.of(mortal), List.of(steady)), journal::add);
        var running = Thread.ofPlatform().start(() -> supervisor.run(() -> {}, losses::add));
        await().atMost(Duration.ofMinutes(5)).until(() -> !losses.isEmpty());
        assertThat(losses)
                .containsExactly(
                        new Supervisor.Loss(
                                "Kafka keeps dying and stays down: none.", List.of("Kafka")));
        assertThat(steady.isAlive()).isTrue();
        steady.stop();
        await().atMost(Duration.ofMinutes(5))
                .until(() -> journal.contains("steady was started again"));
        assertThat(Collections.frequency(journal, "Kafka was started again")).isEqualTo(4);
        supervisor.requestStop();
        await().atMost(Duration.ofMinutes(5)).until(() -> !running.isAlive());
        assertThat(supervisor.down()).containsExactly("Kafka");
        assertThat(steady.isAlive()).isFalse();
    }

    @Test
    void when_nothing_is_left_it_ends() {
        var supervisor = new Supervisor(List.of(List.of(new Mortal("Kafka", 1000))), journal::add);
        assertThatThrownBy(() -> supervisor.run(() -> {}, _ -> {}))
                .isInstanceOf(LocalFailure.class)
                .hasMessage("Nothing is left that runs, so the wallet stops.");
        assertThat(journal).contains("Kafka keeps dying and stays down: none.");
    }
}
