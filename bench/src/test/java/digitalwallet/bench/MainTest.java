package digitalwallet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void an_unknown_benchmark_is_one_sentence_and_exit_code_2() {
        assertThat(run("engine", "speed")).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("There is no benchmark speed; there are engine, latency, ")
                .doesNotContain("\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_unknown_option_is_one_sentence_and_exit_code_2() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(err.toString().strip()).contains("--fast").doesNotContain("\n");
    }

    @Test
    void a_run_is_not_quick_and_full() {
        assertThat(run("--quick", "--full")).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("A run is either --quick or --full.");
    }

    @Test
    void a_soak_of_no_time_is_one_sentence_and_exit_code_2() {
        assertThat(run("soak", "--minutes", "0")).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("A soak lasts at least a minute.");
    }

    @Test
    void help_lists_the_benchmarks() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--quick", "--full", "--json=FILE", "  engine ", "  memory ");
    }
}
