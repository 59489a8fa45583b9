package digitalwallet.process.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables, read as they are declared, whatever the process is called. */
final class EnvironmentTest {

    private static final Variable<Integer> COUNT =
            Variable.usual("COUNT", Kind.number(1, 9), "3", "How many.");
    private static final Variable<Optional<Integer>> SIZE =
            Variable.usual("SIZE", Kind.number(1, 9).or("auto"), "auto", "How large.");
    private static final Variable<String> ADDRESS =
            Variable.optional("ADDRESS", Kind.text(), "Where.");
    private static final Variable<String> PASSWORD =
            Variable.optional("PASSWORD", Kind.word("right"), "What for.").secret();
    private static final Variable<String> NAME = Variable.required("NAME", Kind.text(), "Who.");
    private static final Variables ALL =
            new Variables("DEMO_", "the demo", List.of(COUNT, SIZE, ADDRESS, PASSWORD, NAME));

    @Test
    void what_is_not_set_has_its_usual_value() {
        var environment = read("DEMO_COUNT", "");
        assertThat(environment.get(COUNT)).isEqualTo(3);
        assertThat(environment.get(SIZE)).isEmpty();
        assertThat(environment.given(ADDRESS)).isEmpty();
        assertThat(read("DEMO_SIZE", "7").get(SIZE)).contains(7);
    }

    @Test
    void what_must_be_set_says_what_it_is_for() {
        assertThatThrownBy(() -> Environment.read(ALL, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("DEMO_NAME must be set: Who.");
    }

    @Test
    void a_wrong_value_is_refused_at_once_and_a_secret_one_is_not_shown() {
        assertThatThrownBy(() -> read("DEMO_COUNT", "10"))
                .hasMessage("DEMO_COUNT is 10, but should be a number from 1 to 9.");
        assertThatThrownBy(() -> read("DEMO_PASSWORD", "hunter2"))
                .hasMessage("DEMO_PASSWORD should be right.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:hunter2@issuer/keys, https://***@issuer/keys",
        "https://issuer/keys?a=b&Password=hunter2&c=d, https://issuer/keys?a=b&Password=***&c=d",
        "jdbc:postgresql://db/x?sslpassword=hunter2, jdbc:postgresql://db/x?sslpassword=***",
        "https://issuer/keys?access_token=hunter2, https://issuer/keys?access_token=***",
        "https://issuer/keys?api_key=hunter2, https://issuer/keys?api_key=***",
        "https://issuer/keys@2, https://issuer/keys@2"
    })
    void passwords_inside_addresses_are_masked(String address, String shown) {
        assertThat(read("DEMO_ADDRESS", address).shown()).contains("DEMO_ADDRESS=" + shown + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:hun/hunter2@db/x",
                "host=db password=hunter2",
                "me:hunter2@broker:9092",
                "ftp://issuer/keys?pass=hunter2"
            })
    void a_wrong_value_that_may_hold_a_password_is_not_shown(String value) {
        assertThatThrownBy(() -> read("DEMO_COUNT", value))
                .hasMessage("DEMO_COUNT should be a number from 1 to 9.");
    }

    @Test
    void all_values_are_shown_but_the_secret_ones() {
        assertThat(read("DEMO_PASSWORD", "right").shown())
                .isEqualTo(
                        "DEMO_COUNT=3 DEMO_SIZE=auto DEMO_ADDRESS= DEMO_PASSWORD=*** DEMO_NAME=me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEMO_COUTN", "DEMO_PORT", "DEMO_SERVICE", "DEMO_X_SERVICE_Y", "DEMO_"})
    void what_is_misspelt_stops_the_start(String name) {
        assertThatThrownBy(() -> read(name, "80"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        name
                                + " is not a variable of the demo; see"
                                + " docs/operations/configuration.md.");
    }

    @ParameterizedTest
    @CsvSource({
        "DEMO_SERVICE_HOST, 10.0.0.1",
        "DEMO_SERVICE_PORT, 80",
        "DEMO_CANARY_SERVICE_PORT_HTTP, 80",
        "DEMO_PORT, tcp://10.0.0.1:80",
        "DEMO_PORT_80_TCP, tcp://10.0.0.1:80",
        "DEMO_PORT_53_UDP, udp://10.0.0.1:53",
        "DEMO_PORT_80_TCP_ADDR, 10.0.0.1",
        "demo_count, 80",
        "DEMO.COUNT, 80"
    })
    void what_others_set_is_passed_over(String name, String value) {
        assertThat(read(name, value).get(COUNT)).isEqualTo(3);
    }

    @Test
    void the_table_says_what_each_takes() {
        assertThat(ALL.table())
                .contains("| `DEMO_COUNT` | a number from 1 to 9 | `3` | How many. |\n")
                .contains("| `DEMO_PASSWORD` | a secret |  | What for. |\n")
                .contains("| `DEMO_NAME` | a text | *required* | Who. |\n");
    }

    private static Environment read(String name, String value) {
        return Environment.read(ALL, Map.of("DEMO_NAME", "me", name, value));
    }
}
