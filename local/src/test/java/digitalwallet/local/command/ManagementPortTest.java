package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.local.LocalFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where metrics are. */
final class ManagementPortTest {

    private static final String VARIABLE = "WALLET_MANAGEMENT_PORT";
    private static final int FREE = 23_456;

    @Test
    void it_is_what_the_person_has_set() {
        assertThat(ManagementPort.wanted(Map.of(VARIABLE, " 9464 "), VARIABLE, FREE))
                .isEqualTo(9_464);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0"})
    void it_is_a_free_one_when_they_leave_it_open(String set) {
        assertThat(ManagementPort.wanted(Map.of(VARIABLE, set), VARIABLE, FREE)).isEqualTo(FREE);
        assertThat(ManagementPort.wanted(Map.of(), VARIABLE, FREE)).isEqualTo(FREE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "-1", "65536", "123456"})
    void what_is_no_port_is_said_at_once(String set) {
        assertThatThrownBy(() -> ManagementPort.wanted(Map.of(VARIABLE, set), VARIABLE, FREE))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining(VARIABLE + " is a port")
                .hasMessageEndingWith("not " + set + ".");
    }
}
