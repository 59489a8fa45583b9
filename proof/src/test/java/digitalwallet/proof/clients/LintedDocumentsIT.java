package digitalwallet.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.proof.Repository;
import digitalwallet.proof.tool.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The linters that others use find neither an error nor a warning in the API documents. */
final class LintedDocumentsIT {

    @Test
    void spectral_and_redocly_find_nothing_in_the_documents() {
        var workshop = Workshop.open("lint", List.of(Tool.NODE, Tool.NPM));

        var linted = workshop.run(Repository.root().resolve("docs").toString());

        assertThat(linted.exitCode()).as(linted.output()).isZero();
    }
}
