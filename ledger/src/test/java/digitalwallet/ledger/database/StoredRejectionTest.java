package digitalwallet.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Rejection;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the books keep of a rejection is enough to say it again. */
final class StoredRejectionTest {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final UUID ID = UUID.fromString("019ab000-0000-7000-8000-000000000001");

    @Test
    void every_rejection_is_read_as_it_was_written() throws ReflectiveOperationException {
        var all = new ArrayList<Rejection>();
        for (var type : Rejection.class.getPermittedSubclasses()) {
            all.add(sample(type));
        }

        assertThat(all).hasSize(25);
        for (var rejection : all) {
            var facts = StoredRejection.facts(rejection).toArray(String[]::new);
            assertThat(StoredRejection.of(rejection.code(), facts)).isEqualTo(rejection);
        }
    }

    @Test
    void rows_of_earlier_versions_are_as_rows_of_this_one() {
        var rejection = new Rejection.InsufficientFunds(new Money(100, EUR), new Money(550, EUR));
        var row = List.of("available", "100", "currency", "EUR", "required", "550");

        assertThat(StoredRejection.facts(rejection)).isEqualTo(row);
        assertThat(StoredRejection.facts(new Rejection.CurrencyMismatch("alice", EUR)))
                .containsExactly("currency", "EUR", "user_id", "alice");
        assertThat(StoredRejection.of("insufficient_funds", row.toArray(String[]::new)))
                .isEqualTo(rejection);
    }

    private static Rejection sample(Class<?> type) throws ReflectiveOperationException {
        var parts = type.getRecordComponents();
        var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = sampleOf(types[i], i);
        }
        return (Rejection) type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object sampleOf(Class<?> type, int index) {
        if (type == Money.class) {
            return new Money(100 + index, EUR);
        }
        return type == UUID.class ? ID : type == CurrencyCode.class ? EUR : "alice";
    }
}
