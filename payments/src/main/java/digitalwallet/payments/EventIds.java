package digitalwallet.payments;

import java.util.UUID;

/**
 * The ids of what the wallet is told, which are those of the transactions that follow. Each is made
 * of the payment's id alone: a service whose database was restored says the same under the same id,
 * and the wallet posts nothing twice. It has the payment's time, and other last bits.
 */
public final class EventIds {

    // Within the last 62 bits, so that version and variant stay.
    private static final long CREDITED = 0x1c5d_21f0_93b6_4ae7L;
    private static final long PAID_OUT = 0x2a70_c94e_5d18_f36bL;
    private static final long RETURNED = 0x3596_0eb3_7a4d_829fL;

    private EventIds() {}

    /**
     * The id of what the wallet is told when a payment of this kind has come to this state.
     *
     * @throws IllegalArgumentException when the wallet is told nothing then
     */
    public static UUID of(PaymentKind kind, PaymentState state, UUID paymentId) {
        return switch (state) {
            case SUCCEEDED -> turned(paymentId, kind == PaymentKind.TOP_UP ? CREDITED : PAID_OUT);
            case FAILED -> turned(paymentId, RETURNED);
            case PENDING, SETTLED, REFUNDING, REFUNDED, RETURNED ->
                    throw new IllegalArgumentException("the wallet is not told of " + state.word());
        };
    }

    /** The top-up that is credited under this id, if there is such a top-up. */
    public static UUID topUpOf(UUID depositId) {
        return turned(depositId, CREDITED);
    }

    private static UUID turned(UUID id, long bits) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ bits);
    }
}
