package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.gate.token.Role;
import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word of the vocabulary is explained in docs/glossary.md, once and in one line. */
final class GlossaryTest {

    private static final Path GLOSSARY = Path.of("docs/glossary.md");
    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern LETTERS = Pattern.compile("[A-Z]?[a-z]+");

    private static final Pattern PUBLIC = Pattern.compile("(?m)^public ");

    @Test
    void each_public_type_of_the_ledger_is_a_word_of_the_glossary() {
        var types =
                Repository.files(".java").stream()
                        .filter(
                                file ->
                                        file.startsWith(
                                                "ledger/src/main/java/digitalwallet/ledger"))
                        .filter(file -> file.getNameCount() == 7)
                        .filter(file -> PUBLIC.matcher(Repository.text(file)).find())
                        .map(GlossaryTest::words)
                        .toList();
        assertThat(types).hasSizeGreaterThan(10);
        var explained = explained();
        assertThat(types).filteredOn(type -> !explained.contains(type)).isEmpty();
    }

    @Test
    void each_transaction_type_status_kind_and_role_is_in_the_glossary() {
        var words =
                Stream.of(
                                Arrays.stream(TransactionType.values()).map(TransactionType::word),
                                Arrays.stream(AccountKind.values()).map(GlossaryTest::word),
                                Arrays.stream(AccountStatus.values()).map(GlossaryTest::word),
                                Arrays.stream(Role.values()).map(GlossaryTest::word))
                        .flatMap(some -> some)
                        .collect(Collectors.toSet());
        assertThat(words).hasSizeGreaterThan(20);
        var text = Repository.text(GLOSSARY).toLowerCase(Locale.ROOT);
        assertThat(words).allSatisfy(word -> assertThat(text).containsPattern("\\b" + word));
        assertThat(explained())
                .containsAll(
                        Arrays.stream(TransactionType.values())
                                .map(TransactionType::word)
                                .toList());
    }

    @Test
    void no_word_is_explained_twice() {
        assertThat(explained()).doesNotHaveDuplicates();
    }

    @Test
    void what_points_to_another_word_points_to_one_that_is_there() {
        var known = new HashSet<>(explained());
        var pointers = Pattern.compile("(?<!\\*)\\*([a-z ]+)\\*").matcher(rows());
        var missing = new ArrayList<String>();
        while (pointers.find()) {
            var word = pointers.group(1);
            if (!known.contains(word) && !known.contains(word.replaceFirst("s$", ""))) {
                missing.add(word);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The words of the left column; where a line explains two, both. */
    private static List<String> explained() {
        var words = new ArrayList<String>();
        var row = ROW.matcher(rows());
        while (row.find()) {
            words.addAll(List.of(row.group(1).split(", ", -1)));
        }
        words.removeIf(word -> word.equals("word") || word.startsWith("---"));
        assertThat(words).hasSizeGreaterThan(50);
        return words;
    }

    private static String rows() {
        return Repository.lines(GLOSSARY).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| word "))
                .collect(Collectors.joining("\n"));
    }

    /** AccountName as it is written in sentences: account name. */
    private static String words(Path file) {
        var name = String.valueOf(file.getFileName()).replace(".java", "").replace('-', ' ');
        return LETTERS.matcher(name)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** OPEN as open, FROZEN_DEBITS as frozen: scopes have a line of their own. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replaceFirst("_.*", "");
    }
}
