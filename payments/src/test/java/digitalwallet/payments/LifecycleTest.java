package digitalwallet.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of the table, written out: what is not in it contradicts. */
final class LifecycleTest {

    /**
     * A row per state; per signal the new state, {@code =} for stays, {@code !} for contradicts.
     */
    private static final String TABLE =
            """
            kind    state      PROVIDER_SUCCEEDED PROVIDER_FAILED WALLET_POSTED WALLET_RETURNED WALLET_REJECTED REFUND_SUCCEEDED
            TOP_UP  PENDING    SUCCEEDED+         FAILED          SETTLED       !               REFUNDING?      !
            TOP_UP  SUCCEEDED  =                  !               SETTLED       !               REFUNDING?      !
            TOP_UP  FAILED     SUCCEEDED+         =               SETTLED       !               REFUNDING?      !
            TOP_UP  SETTLED    =                  !               =             !               !               !
            TOP_UP  REFUNDING  =                  !               !             !               =               REFUNDED
            TOP_UP  REFUNDED   =                  !               !             !               =               =
            TOP_UP  RETURNED   !                  !               !             !               !               !
            PAYOUT  PENDING    SUCCEEDED+         FAILED+         SETTLED       RETURNED        !               !
            PAYOUT  SUCCEEDED  =                  !               SETTLED       !               !               !
            PAYOUT  FAILED     !                  =               !             RETURNED        !               !
            PAYOUT  SETTLED    =                  !               =             !               !               !
            PAYOUT  REFUNDING  !                  !               !             !               !               !
            PAYOUT  REFUNDED   !                  !               !             !               !               !
            PAYOUT  RETURNED   !                  =               !             =               !               !
            """;

    @Test
    void every_cell_is_as_written() {
        var lines = TABLE.lines().toList();
        var signals = lines.getFirst().split(" +", -1);
        assertThat(lines).hasSize(1 + PaymentKind.values().length * PaymentState.values().length);
        assertThat(signals).hasSize(2 + Signal.values().length);
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split(" +", -1);
            for (int i = 2; i < cells.length; i++) {
                var step =
                        Lifecycle.step(
                                PaymentKind.valueOf(cells[0]),
                                PaymentState.valueOf(cells[1]),
                                Signal.valueOf(signals[i]));
                assertThat(step)
                        .as(cells[0] + " " + cells[1] + " " + signals[i])
                        .isEqualTo(meant(cells[i]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PaymentKind.class)
    void every_state_but_an_end_leads_on_and_no_end_does(PaymentKind kind) {
        for (var state : reachable(kind)) {
            boolean leadsOn = !next(kind, state).isEmpty();
            boolean mayStillBePaid = kind == PaymentKind.TOP_UP && state == PaymentState.FAILED;
            assertThat(leadsOn)
                    .as(kind + " " + state)
                    .isEqualTo(!state.isEnd(kind) || mayStillBePaid);
        }
    }

    @Test
    void a_payout_is_settled_or_returned_and_never_both() {
        var fromSucceeded = reachableFrom(PaymentKind.PAYOUT, PaymentState.SUCCEEDED);
        var fromFailed = reachableFrom(PaymentKind.PAYOUT, PaymentState.FAILED);
        assertThat(fromSucceeded).doesNotContain(PaymentState.FAILED, PaymentState.RETURNED);
        assertThat(fromFailed).doesNotContain(PaymentState.SUCCEEDED, PaymentState.SETTLED);
    }

    @Test
    void the_wallet_is_told_at_most_once() {
        for (var kind : PaymentKind.values()) {
            var told = new HashMap<PaymentState, PaymentState>();
            for (var state : reachable(kind)) {
                for (var to : next(kind, state).entrySet()) {
                    if (to.getValue() == Step.Effect.TELL_WALLET) {
                        told.put(to.getKey(), state);
                        assertThat(reachableFrom(kind, to.getKey()))
                                .doesNotContain(PaymentState.PENDING);
                    }
                }
            }
            assertThat(told).isNotEmpty();
        }
    }

    private static Step meant(String cell) {
        return switch (cell) {
            case "=" -> new Step.Stays();
            case "!" -> new Step.Contradicts();
            default -> {
                var effect =
                        cell.endsWith("+")
                                ? Step.Effect.TELL_WALLET
                                : cell.endsWith("?") ? Step.Effect.REFUND : Step.Effect.NONE;
                yield new Step.Moves(PaymentState.valueOf(cell.replaceAll("[+?]", "")), effect);
            }
        };
    }

    private static Set<PaymentState> reachable(PaymentKind kind) {
        return reachableFrom(kind, PaymentState.PENDING);
    }

    private static Set<PaymentState> reachableFrom(PaymentKind kind, PaymentState start) {
        var reached = EnumSet.of(start);
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (var state : next(kind, open.pop()).keySet()) {
                if (reached.add(state)) {
                    open.push(state);
                }
            }
        }
        return reached;
    }

    private static Map<PaymentState, Step.Effect> next(PaymentKind kind, PaymentState state) {
        var next = new HashMap<PaymentState, Step.Effect>();
        for (var signal : Signal.values()) {
            if (Lifecycle.step(kind, state, signal) instanceof Step.Moves(var to, var effect)) {
                next.put(to, effect);
            }
        }
        return next;
    }
}
