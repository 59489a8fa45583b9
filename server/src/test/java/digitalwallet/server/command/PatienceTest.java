package digitalwallet.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.gate.problem.ProblemException;
import digitalwallet.server.request.WalletProblem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PatienceTest {

    private static final UUID TRANSACTION = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    private final Patience patience = new Patience(Duration.ofMillis(300));

    @AfterEach
    void nobody_is_looked_after_any_more() {
        patience.close();
    }

    @Test
    void an_outcome_that_comes_in_time_is_returned() {
        var late = new CompletableFuture<String>();
        var _ = Thread.ofVirtual().start(() -> late.complete("posted"));

        assertThat(patience.start().await(late, TRANSACTION)).isEqualTo("posted");
    }

    @Test
    void an_outcome_that_never_comes_is_given_up_and_named() {
        var never = new CompletableFuture<String>();

        assertUnknown(never);
        // It was cancelled, so that it is never run later.
        assertThat(never).isCancelled();
    }

    @Test
    void all_outcomes_of_a_call_share_its_time() {
        var wait = patience.start();
        assertThatThrownBy(() -> wait.await(new CompletableFuture<>(), TRANSACTION))
                .isInstanceOf(ProblemException.class);

        var next = new CompletableFuture<String>();
        assertThatThrownBy(() -> wait.await(next, TRANSACTION))
                .isInstanceOf(ProblemException.class);
        assertThat(wait.await(CompletableFuture.completedFuture("posted"), TRANSACTION))
                .isEqualTo("posted");
    }

    /** Nobody looks at it any more, so it is the call itself that does not wait. */
    @Test
    @Timeout(60)
    void behind_the_deadline_of_a_call_no_outcome_is_waited_for() {
        var overdue = new Patience(Duration.ZERO);
        var wait = overdue.start();
        overdue.close();

        for (int i = 0; i < 1_000; i++) {
            var never = new CompletableFuture<String>();
            assertThatThrownBy(() -> wait.await(never, TRANSACTION))
                    .isInstanceOf(ProblemException.class);
            assertThat(never).isCancelled();
        }
    }

    @Test
    void an_interrupted_call_gives_up() {
        var never = new CompletableFuture<String>();
        Thread.currentThread().interrupt();

        assertUnknown(never);
        assertThat(never).isCancelled();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_the_engine_failed_with_is_thrown() {
        var refused = new IllegalStateException("on purpose");

        assertThatThrownBy(
                        () ->
                                patience.start()
                                        .await(
                                                CompletableFuture.failedFuture(refused),
                                                TRANSACTION))
                .isSameAs(refused);
    }

    private void assertUnknown(CompletableFuture<String> outcome) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> patience.start().await(outcome, TRANSACTION))
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(WalletProblem.OUTCOME_UNKNOWN);
                            assertThat(problem.facts())
                                    .containsEntry("transaction_id", TRANSACTION);
                        });
    }
}
