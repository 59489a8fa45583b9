package digitalwallet.payments;

import static digitalwallet.payments.PaymentState.FAILED;
import static digitalwallet.payments.PaymentState.PENDING;
import static digitalwallet.payments.PaymentState.REFUNDED;
import static digitalwallet.payments.PaymentState.REFUNDING;
import static digitalwallet.payments.PaymentState.RETURNED;
import static digitalwallet.payments.PaymentState.SETTLED;
import static digitalwallet.payments.PaymentState.SUCCEEDED;
import static digitalwallet.payments.Signal.PROVIDER_FAILED;
import static digitalwallet.payments.Signal.PROVIDER_SUCCEEDED;
import static digitalwallet.payments.Signal.REFUND_SUCCEEDED;
import static digitalwallet.payments.Signal.WALLET_POSTED;
import static digitalwallet.payments.Signal.WALLET_REJECTED;
import static digitalwallet.payments.Signal.WALLET_RETURNED;

import digitalwallet.payments.Step.Effect;
import digitalwallet.payments.Step.Moves;
import java.util.HashMap;
import java.util.Map;

/**
 * The one table of states and of what may follow each of them. A signal that is not in it
 * contradicts what is known and changes nothing.
 */
public final class Lifecycle {

    private static final Step STAYS = new Step.Stays();
    private static final Step CONTRADICTS = new Step.Contradicts();

    private record Cell(PaymentKind kind, PaymentState state, Signal signal) {}

    private static final Map<Cell, Step> TABLE = new HashMap<>();

    static {
        var in = new Rows(PaymentKind.TOP_UP);
        in.moves(PENDING, PROVIDER_SUCCEEDED, SUCCEEDED, Effect.TELL_WALLET);
        in.moves(PENDING, PROVIDER_FAILED, FAILED, Effect.NONE);
        // A provider may pay after it said no; then the money is the user's.
        in.moves(FAILED, PROVIDER_SUCCEEDED, SUCCEEDED, Effect.TELL_WALLET);
        in.stays(FAILED, PROVIDER_FAILED);
        // The wallet answers what we do not know to have told: our database was restored.
        in.moves(PENDING, WALLET_POSTED, SETTLED, Effect.NONE);
        in.moves(PENDING, WALLET_REJECTED, REFUNDING, Effect.REFUND);
        in.moves(FAILED, WALLET_POSTED, SETTLED, Effect.NONE);
        in.moves(FAILED, WALLET_REJECTED, REFUNDING, Effect.REFUND);
        in.moves(SUCCEEDED, WALLET_POSTED, SETTLED, Effect.NONE);
        in.moves(SUCCEEDED, WALLET_REJECTED, REFUNDING, Effect.REFUND);
        in.stays(SUCCEEDED, PROVIDER_SUCCEEDED);
        in.stays(SETTLED, PROVIDER_SUCCEEDED, WALLET_POSTED);
        in.moves(REFUNDING, REFUND_SUCCEEDED, REFUNDED, Effect.NONE);
        in.stays(REFUNDING, PROVIDER_SUCCEEDED, WALLET_REJECTED);
        in.stays(REFUNDED, PROVIDER_SUCCEEDED, WALLET_REJECTED, REFUND_SUCCEEDED);

        var out = new Rows(PaymentKind.PAYOUT);
        out.moves(PENDING, PROVIDER_SUCCEEDED, SUCCEEDED, Effect.TELL_WALLET);
        out.moves(PENDING, PROVIDER_FAILED, FAILED, Effect.TELL_WALLET);
        out.moves(SUCCEEDED, WALLET_POSTED, SETTLED, Effect.NONE);
        out.stays(SUCCEEDED, PROVIDER_SUCCEEDED);
        out.stays(SETTLED, PROVIDER_SUCCEEDED, WALLET_POSTED);
        out.moves(FAILED, WALLET_RETURNED, RETURNED, Effect.NONE);
        out.stays(FAILED, PROVIDER_FAILED);
        out.stays(RETURNED, PROVIDER_FAILED, WALLET_RETURNED);
        out.moves(PENDING, WALLET_POSTED, SETTLED, Effect.NONE);
        out.moves(PENDING, WALLET_RETURNED, RETURNED, Effect.NONE);
    }

    private Lifecycle() {}

    /** What this signal does to a payment of this kind in this state. */
    public static Step step(PaymentKind kind, PaymentState state, Signal signal) {
        return TABLE.getOrDefault(new Cell(kind, state, signal), CONTRADICTS);
    }

    private record Rows(PaymentKind kind) {

        void moves(PaymentState from, Signal signal, PaymentState to, Effect effect) {
            TABLE.put(new Cell(kind, from, signal), new Moves(to, effect));
        }

        void stays(PaymentState state, Signal... signals) {
            for (var signal : signals) {
                TABLE.put(new Cell(kind, state, signal), STAYS);
            }
        }
    }
}
