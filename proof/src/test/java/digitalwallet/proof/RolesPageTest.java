package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.ApiDocument;
import digitalwallet.contract.Contract;
import digitalwallet.gate.token.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page on roles has the role table of the API documents, which other tests hold against the
 * code.
 */
final class RolesPageTest {

    private static final Path PAGE = Path.of("docs/concepts/roles.md");

    private static final Map<String, String> WORDS =
            Map.of(
                    "", "–",
                    "own", "own",
                    "all", "all",
                    "all_as_oneself", "all, as oneself",
                    "all_with_reason", "all, with reason");

    @Test
    void each_operation_that_needs_a_role_is_a_row_and_says_what_the_document_says() {
        var rows =
                Repository.lines(PAGE).stream()
                        .filter(line -> line.matches("\\| `[A-Z]+ /.*"))
                        .toList();
        var expected =
                Stream.of(Contract.WALLET, Contract.PAYMENTS)
                        .flatMap(contract -> rows(contract.document()).stream())
                        .toList();
        assertThat(expected).hasSizeGreaterThan(18);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_columns_are_all_roles_in_their_order() {
        var columns =
                Arrays.stream(Role.values())
                        .map(role -> "`" + role.word() + "`")
                        .collect(Collectors.joining(" | ", "| request | ", " |"));
        assertThat(Repository.lines(PAGE).stream().filter(line -> line.startsWith("| request")))
                .hasSize(2)
                .containsOnly(columns);
    }

    private static List<String> rows(ApiDocument document) {
        return document.operations().entrySet().stream()
                .filter(operation -> operation.getValue().has("x-roles"))
                .map(
                        operation -> {
                            var roles = operation.getValue().path("x-roles");
                            return Arrays.stream(Role.values())
                                    .map(role -> WORDS.get(roles.path(role.word()).asString("")))
                                    .collect(
                                            Collectors.joining(
                                                    " | ",
                                                    "| `" + operation.getKey() + "` | ",
                                                    " |"));
                        })
                .toList();
    }
}
