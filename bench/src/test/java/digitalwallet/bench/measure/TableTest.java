package digitalwallet.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final List<Result> RESULTS =
            List.of(
                    Result.atLeast("http", "transfers", 12_345.6, "/s", "constant", 0.5, 0.6)
                            .withCpu("server 60"),
                    Result.plain("start", "a \"new\" folder", 3.25, "s"));

    @Test
    void columns_are_aligned_and_what_is_unknown_is_a_dash() {
        assertThat(Table.lines(RESULTS))
                .containsExactly(
                        "bench  what            value     against   ratio  bar    met  CPU µs per"
                                + " operation",
                        "http   transfers       12,346/s  constant  0.50   ≥ 0.6  no   server 60",
                        "start  a \"new\" folder  3.25 s    –         –      –      –    –");
    }

    @Test
    void json_has_an_object_for_each_line() {
        assertThat(Json.of(RESULTS))
                .isEqualTo(
                        """
                        [{"bench": "http", "what": "transfers", "value": 12345.6000, "unit": "/s", \
                        "against": "constant", "ratio": 0.5000, "bar": "≥ 0.6", "met": false, \
                        "cpu": "server 60"},
                         {"bench": "start", "what": "a \\"new\\" folder", "value": 3.2500, \
                        "unit": "s", "against": null, "ratio": null, "bar": null, "met": null, \
                        "cpu": null}]
                        """);
    }

    @Test
    void a_median_is_the_middle_or_between_the_two() {
        assertThat(Median.of(9, 1, 5)).isEqualTo(5);
        assertThat(Median.of(9, 1, 5, 2)).isEqualTo(3.5);
    }
}
