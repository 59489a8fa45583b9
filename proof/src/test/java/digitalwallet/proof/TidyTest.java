package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The rules of STYLE.md about files and names, applied to this repository itself. */
final class TidyTest {

    private static final int FILE_LINES_MAX = 299;
    private static final int METHOD_LINES_MAX = 39;
    private static final int PACKAGE_FILES_MAX = 25;
    private static final int BOOLEANS_MAX = 2;
    private static final int README_LINES_MAX = 150;
    private static final int DECISION_LINES_MAX = 60;
    private static final Set<String> BANNED =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "manager", "dto");
    private static final Pattern WORDS = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern OUTSIDE = Pattern.compile("(https?|mailto):.*");
    private static final Pattern TYPE_BY_NUMBER =
            Pattern.compile("\\b(type|kind|status) (=|<>|IN|NOT IN) \\(?[0-9]");
    private static final Pattern ENDS_IN_BLANKS = Pattern.compile("(?m)[ \\t]$");
    // Written in pieces, or this file would break its own rule. XXX is also a currency code.
    private static final Pattern ONE_SEX =
            Pattern.compile("(?i)\\b(h" + "e|h" + "is|h" + "im(self)?)\\b");
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:Awaitility\\.await\\(|(?<![.\\w])await\\(\\))(.*?)\\.until",
                    Pattern.DOTALL);
    private static final Pattern LEFT_OVER = Pattern.compile("TO" + "DO|FIX" + "ME|// ?XX" + "X");

    @Test
    void files_of_java_stay_under_300_lines() {
        var files = Repository.files(".java");
        assertThat(files).hasSizeGreaterThan(100);
        assertThat(files)
                .filteredOn(file -> Repository.lines(file).size() > FILE_LINES_MAX)
                .isEmpty();
    }

    @Test
    void bodies_of_methods_stay_under_40_lines() {
        var methods = Sources.parse().methods();
        assertThat(methods).hasSizeGreaterThan(100);
        assertThat(methods).filteredOn(method -> method.lines() > METHOD_LINES_MAX).isEmpty();
    }

    /** The usual ten seconds are too few on a machine that has something else to do. */
    @Test
    void each_wait_of_a_test_says_how_long() {
        var waits =
                Repository.files(".java").stream()
                        .flatMap(file -> WAIT.matcher(Repository.text(file)).results())
                        .map(wait -> wait.group(1))
                        .toList();
        assertThat(waits).hasSizeGreaterThan(50);
        assertThat(waits).filteredOn(wait -> !wait.contains(".atMost(")).isEmpty();
    }

    @Test
    void nothing_takes_three_booleans() {
        var flags = Sources.parse().flags();
        assertThat(flags).filteredOn(taken -> taken.booleans() > 0).hasSizeGreaterThan(10);
        assertThat(flags)
                .filteredOn(taken -> taken.file().contains("src/main"))
                .filteredOn(taken -> taken.booleans() > BOOLEANS_MAX)
                .isEmpty();
    }

    @Test
    void packages_have_25_files_at_most() {
        var sizes =
                Repository.files(".java").stream()
                        .filter(file -> file.startsWith(file.getName(0).resolve("src/main")))
                        .collect(Collectors.groupingBy(TidyTest::folderOf, Collectors.counting()));
        assertThat(sizes).hasSizeGreaterThan(30);
        assertThat(sizes.entrySet())
                .filteredOn(folder -> folder.getValue() > PACKAGE_FILES_MAX)
                .isEmpty();
    }

    @Test
    void classes_are_final_unless_sealed_or_abstract() {
        var settled = Set.of(Modifier.FINAL, Modifier.SEALED, Modifier.ABSTRACT);
        assertThat(Sources.parse().classes())
                .hasSizeGreaterThan(50)
                .filteredOn(declared -> declared.file().contains("src/main"))
                .filteredOn(declared -> declared.modifiers().stream().noneMatch(settled::contains))
                .isEmpty();
    }

    @Test
    void no_name_says_nothing() {
        assertThat(Repository.files(".java"))
                .filteredOn(file -> words(file).stream().anyMatch(BANNED::contains))
                .isEmpty();
    }

    @Test
    void every_package_says_its_one_job() {
        assertThat(Repository.files(".java"))
                .filteredOn(file -> file.startsWith(file.getName(0).resolve("src/main")))
                .extracting(file -> folderOf(file).resolve("package-info.java"))
                .filteredOn(info -> !Files.exists(Repository.root().resolve(info)))
                .isEmpty();
    }

    @Test
    void sql_in_code_names_no_type_by_its_number() {
        assertThat(Repository.files(".java"))
                .filteredOn(file -> file.startsWith(file.getName(0).resolve("src/main")))
                .filteredOn(file -> TYPE_BY_NUMBER.matcher(Repository.text(file)).find())
                .isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(ours())
                .filteredOn(file -> LEFT_OVER.matcher(Repository.text(file)).find())
                .isEmpty();
    }

    @Test
    void people_are_they() {
        assertThat(ours())
                .filteredOn(file -> ONE_SEX.matcher(Repository.text(file)).find())
                .isEmpty();
    }

    @Test
    void no_line_ends_in_blanks_and_every_file_in_a_line_break() {
        assertThat(ours())
                .filteredOn(
                        file ->
                                ENDS_IN_BLANKS.matcher(Repository.text(file)).find()
                                        || !Repository.text(file).endsWith("\n"))
                .isEmpty();
    }

    @Test
    void links_between_documents_lead_somewhere() {
        var documents = Repository.files(".md");
        assertThat(documents).isNotEmpty();
        assertThat(documents.stream().flatMap(TidyTest::deadLinks)).isEmpty();
    }

    @Test
    void the_readme_is_read_in_one_sitting() {
        assertThat(Repository.lines(Path.of("README.md")))
                .hasSizeLessThanOrEqualTo(README_LINES_MAX);
    }

    @Test
    void decisions_are_numbered_without_gaps_and_short() {
        var decisions =
                Repository.files(".md").stream()
                        .filter(file -> file.startsWith("docs/decisions"))
                        .toList();
        assertThat(decisions).isNotEmpty();
        for (int i = 0; i < decisions.size(); i++) {
            var decision = decisions.get(i);
            assertThat(String.valueOf(decision.getFileName()))
                    .matches(String.format(Locale.ROOT, "%04d-[a-z0-9-]+\\.md", i + 1));
            assertThat(Repository.lines(decision))
                    .as(decision.toString())
                    .hasSizeLessThanOrEqualTo(DECISION_LINES_MAX)
                    .contains("## Context", "## Decision", "## Consequences");
        }
    }

    @Test
    void scripts_can_be_run() {
        var scripts = new ArrayList<>(Repository.files(".sh"));
        scripts.add(Path.of("wallet"));
        scripts.add(Path.of(".ci/run"));
        assertThat(scripts)
                .filteredOn(script -> !Files.isExecutable(Repository.root().resolve(script)))
                .isEmpty();
    }

    @Test
    void what_tests_and_their_programs_leave_behind_lies_in_the_folder_of_the_build() {
        var folder = Path.of("target/tmp").toAbsolutePath();
        assertThat(Path.of(System.getProperty("java.io.tmpdir"))).isEqualTo(folder);
        assertThat(System.getenv("TMPDIR")).isEqualTo(folder.toString());
        var starters =
                Repository.files(".java").stream()
                        .filter(file -> Repository.text(file).contains("\"bin\", \"java\")"))
                        .filter(file -> Repository.text(file).contains("\"-cp\""))
                        .toList();
        assertThat(starters).hasSizeGreaterThan(4);
        assertThat(starters)
                .filteredOn(file -> !Repository.text(file).contains("\"-Djava.io.tmpdir=\""))
                .isEmpty();
    }

    private static List<Path> ours() {
        return Stream.of(".java", ".md", ".sql", ".xml", ".yaml", ".txt", ".sh", "wallet", "run")
                .flatMap(ending -> Repository.files(ending).stream())
                .distinct()
                .toList();
    }

    /** The words of a type's name and of its package, in small letters. */
    private static List<String> words(Path file) {
        var spelled = new ArrayList<String>();
        for (var part : file) {
            WORDS.matcher(part.toString().replace(".java", ""))
                    .results()
                    .map(word -> word.group().toLowerCase(Locale.ROOT))
                    .forEach(spelled::add);
        }
        return spelled;
    }

    private static Stream<String> deadLinks(Path document) {
        return LINK.matcher(Repository.text(document))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !OUTSIDE.matcher(target).matches() && !target.startsWith("#"))
                .filter(target -> !leadsSomewhere(document, target))
                .map(target -> document + " → " + target);
    }

    private static boolean leadsSomewhere(Path document, String target) {
        var file = target.replaceFirst("#.*", "");
        return Files.exists(Repository.root().resolve(folderOf(document)).resolve(file));
    }

    private static Path folderOf(Path file) {
        var parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
