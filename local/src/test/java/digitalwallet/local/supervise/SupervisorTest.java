package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.local.LocalFailure;
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
        private boolean alive;

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
        supervisor.run(supervisor::requestStop);
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
        var supervisor =
                new Supervisor(
                        List.of(List.of(new Mortal("child", 4))),
                        sentence -> {
                            journal.add(sentence);
                        });
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
        supervisor.run(() -> {});
        assertThat(watcher.isInterrupted()).isFalse();
        assertThat(Collections.frequency(journal, "child was started again")).isEqualTo(4);
    }

    @Test
    void five_deaths_in_a_minute_end_it_and_stop_the_others() {
        var steady = new Mortal("steady", 0);
        var supervisor =
                new Supervisor(
                        List.of(List.of(steady), List.of(new Mortal("Kafka", 1000))), journal::add);
        assertThatThrownBy(() -> supervisor.run(() -> {}))
                .isInstanceOf(LocalFailure.class)
                .hasMessage("Kafka keeps dying, so the wallet stops: none.");
        assertThat(steady.isAlive()).isFalse();
    }
}
