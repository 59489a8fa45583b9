package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Reads all sentences that callers of the wallet and of payments are told, once, where they stand
 * in the code. Each says what it is about, what is wrong with it, and what to do: a new sentence
 * without its row in problem-messages.txt fails, and so does a row that nobody says.
 */
final class ProblemMessagesTest {

    private static final Path TABLE = Path.of("proof/src/test/resources/problem-messages.txt");

    /** Where problems are made. */
    private static final List<String> FOLDERS =
            List.of(
                    "gate/src/main/java",
                    "json/src/main/java",
                    "money/src/main/java",
                    "server/src/main/java/digitalwallet/server/answer",
                    "server/src/main/java/digitalwallet/server/command",
                    "server/src/main/java/digitalwallet/server/request",
                    "server/src/main/java/digitalwallet/server/rest",
                    "payments/src/main/java/digitalwallet/payments/rest");

    /** Titles of codes, and what operators read. */
    private static final Set<String> NOT_FOR_CALLERS =
            Set.of(
                    "ProblemCode.java",
                    "WalletProblem.java",
                    "PaymentProblem.java",
                    "TokenVariables.java");

    private static final Set<String> NO_PROBLEMS =
            Set.of(
                    "cannot read the keys in …",
                    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
                    "the body ends too early",
                    "the caller has gone",
                    "the path … is open to all and under a rule",
                    "the token issuer's keys cannot be read",
                    "… and … do not add up",
                    "…; it matched no purchase, so no purchase caps it");

    private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
    private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final String VALUE =
            "[A-Za-z_][\\w.]*(?:\\((?:[^()\"]|\"[^\"\\n"
                    + "]{0,3}\"|\\((?:[^()\"]|\\([^()\"]*\\))*\\))*\\)(?:\\.\\w+\\([^()\"]*\\))*)?";
    private static final Pattern PART = Pattern.compile(LITERAL + "|" + VALUE);
    private static final Pattern TEXT =
            Pattern.compile("(?:%1$s|%2$s)(?:\\s*\\+\\s*(?:%1$s|%2$s))*".formatted(LITERAL, VALUE));
    private static final Pattern NOT_TOLD =
            Pattern.compile("(LOG\\.\\w+\\(|Illegal\\w+Exception\\(|description\\()\\s*$");

    /** Sentences begin in lower case, and have more than two words. */
    private static final Pattern SENTENCE =
            Pattern.compile("(?:[a-z…]|Kafka|\\w+_id)\\S* \\S+ \\S.*");

    @Test
    void each_message_says_what_is_wrong_and_what_to_do() {
        assertThat(messages()).isEqualTo(table());
    }

    @Test
    void problems_have_the_same_types_in_both_services() {
        var pattern = "pattern: '^urn:wallet:problem:[a-z_]+$'";
        for (var document : List.of("docs/openapi.yaml", "docs/openapi-payments.yaml")) {
            assertThat(Repository.text(Path.of(document))).as(document).contains(pattern);
        }
    }

    private static Set<String> table() {
        var messages = new TreeSet<String>();
        for (var line : Repository.lines(TABLE)) {
            if (line.startsWith("#")) {
                continue;
            }
            var cells = line.split(" \\| ", -1);
            assertThat(cells).as(line).hasSize(3).allSatisfy(cell -> assertThat(cell).isNotBlank());
            assertThat(messages.add(cells[0] + " " + cells[1] + ": " + cells[2])).as(line).isTrue();
        }
        return messages;
    }

    private static Set<String> messages() {
        return Repository.files(".java").stream()
                .filter(file -> FOLDERS.stream().anyMatch(file::startsWith))
                .filter(file -> !NOT_FOR_CALLERS.contains(file.getFileName().toString()))
                .flatMap(file -> sentences(Repository.text(file)).stream())
                .filter(sentence -> !NO_PROBLEMS.contains(sentence))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> sentences(String source) {
        var code = COMMENTS.matcher(source).replaceAll("");
        return TEXT.matcher(code)
                .results()
                .filter(text -> !NOT_TOLD.matcher(code.substring(0, text.start())).find())
                .map(text -> sentence(text.group()))
                .filter(sentence -> SENTENCE.matcher(sentence).matches())
                .toList();
    }

    /** The text with … for each of its values; a part that begins with a verb has one in front. */
    private static String sentence(String expression) {
        var text = new StringBuilder();
        PART.matcher(expression)
                .results()
                .map(part -> part.group())
                .map(part -> part.startsWith("\"") ? part.substring(1, part.length() - 1) : "…")
                .forEach(text::append);
        var sentence = text.toString().replaceAll("…+", "…").replace("%d", "…");
        if (!expression.contains("\"")) {
            return "";
        }
        return sentence.matches("(is|has|lies) .*") ? "… " + sentence : sentence;
    }
}
