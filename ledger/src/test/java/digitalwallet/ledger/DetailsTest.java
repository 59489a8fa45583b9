package digitalwallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DetailsTest {

    private static final UUID SALT = new UUID(1, 2);
    private static final PayoutTarget TARGET = new PayoutTarget("iban", "DE00 1");

    @Test
    void what_is_no_payout_is_encoded_as_ever() {
        var details = new Details(SALT, "b", null, "why", new TreeMap<>(Map.of("k", "v")));

        assertThat(HexFormat.of().formatHex(details.encoded()))
                .isEqualTo(
                        "01"
                                + "0000000162"
                                + "ffffffff"
                                + "00000003776879"
                                + "00000001"
                                + "000000016b0000000176");
        assertThat(Details.decode(SALT, details.encoded())).isEqualTo(details);
    }

    @Test
    void a_payout_has_its_target_at_the_end() {
        var details = new Details(SALT, "b", null, null, new TreeMap<>(), TARGET);

        assertThat(HexFormat.of().formatHex(details.encoded()))
                .isEqualTo(
                        "02"
                                + "0000000162"
                                + "ffffffff"
                                + "ffffffff"
                                + "00000000"
                                + "000000046962616e"
                                + "00000006444530302031");
        assertThat(Details.decode(SALT, details.encoded())).isEqualTo(details);
    }

    @Test
    void a_target_alone_is_something_to_store() {
        assertThat(new Details(SALT, null, null, null, new TreeMap<>(), TARGET).isEmpty())
                .isFalse();
        assertThat(Details.NONE.isEmpty()).isTrue();
    }

    @Test
    void other_formats_are_refused() {
        var content = Details.NONE.encoded();
        content[0] = 3;
        assertThatThrownBy(() -> Details.decode(SALT, content))
                .isInstanceOf(UncheckedIOException.class);
        var payout = new Details(SALT, null, null, null, new TreeMap<>(), TARGET).encoded();
        assertThatThrownBy(() -> Details.decode(SALT, Arrays.copyOf(payout, 17)))
                .isInstanceOf(UncheckedIOException.class);
    }
}
