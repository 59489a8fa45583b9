package digitalwallet.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same payment says the same under the same id, whenever and by whichever database. */
final class EventIdsTest {

    @Test
    void each_thing_that_can_be_said_of_a_payment_has_one_id_of_its_own() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var credited = EventIds.of(PaymentKind.TOP_UP, PaymentState.SUCCEEDED, id);
        var paid = EventIds.of(PaymentKind.PAYOUT, PaymentState.SUCCEEDED, id);
        var returned = EventIds.of(PaymentKind.PAYOUT, PaymentState.FAILED, id);
        assertThat(new Object[] {id, credited, paid, returned}).doesNotHaveDuplicates();
        assertThat(new UUID[] {credited, paid, returned})
                .allSatisfy(
                        each -> {
                            assertThat(each.version()).isEqualTo(7);
                            assertThat(each.variant()).isEqualTo(2);
                            assertThat(each.getMostSignificantBits())
                                    .isEqualTo(id.getMostSignificantBits());
                        });
        assertThat(EventIds.of(PaymentKind.TOP_UP, PaymentState.SUCCEEDED, id)).isEqualTo(credited);
        assertThat(EventIds.topUpOf(credited)).isEqualTo(id);
    }

    @Test
    void of_a_state_that_the_wallet_is_not_told_of_there_is_none() {
        var id = UuidCreator.getTimeOrderedEpoch();
        assertThatThrownBy(() -> EventIds.of(PaymentKind.TOP_UP, PaymentState.SETTLED, id))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
