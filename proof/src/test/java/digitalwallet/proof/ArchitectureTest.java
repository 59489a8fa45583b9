package digitalwallet.proof;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows and the purity that docs/architecture.md promises, checked on the compiled classes.
 */
final class ArchitectureTest {

    private static final String OURS = "digitalwallet.";
    private static final String[] PURE = {
        "digitalwallet.money",
        "digitalwallet.ledger",
        "digitalwallet.ledger.decide",
        "digitalwallet.payments"
    };

    private static final String[] HARMLESS = {
        "java.lang",
        "java.lang.runtime",
        "java.lang.invoke",
        "java.math",
        "java.nio",
        "java.nio.charset",
        "java.security",
        "java.time",
        "java.time.temporal",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "javax.crypto..",
        "org.jspecify.annotations",
        ""
    };

    /** The types that make and read bytes without leaving the process. */
    private static final Class<?>[] IN_MEMORY = {
        ByteArrayInputStream.class,
        ByteArrayOutputStream.class,
        DataInputStream.class,
        DataOutputStream.class,
        InputStream.class,
        OutputStream.class,
        IOException.class,
        UncheckedIOException.class
    };

    /** A row of the table of packages: the package, its job, and the packages it may use. */
    private static final Pattern ROW =
            Pattern.compile("\\| `(digitalwallet[a-z.]*)` \\|[^|]*\\|([^|]*)\\|");

    private static final Pattern ARROW = Pattern.compile("`([a-z.]+)`");

    /** Files that measure time or load, not money. */
    private static final Set<String> MEASURES =
            Set.of("LaneMetrics.java", "OutcomeMetrics.java", "WalletReader.java");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPaths(
                            Stream.of(
                                            "money",
                                            "ledger",
                                            "json",
                                            "messages",
                                            "kafka",
                                            "process",
                                            "gate",
                                            "local",
                                            "contract",
                                            "server",
                                            "payments",
                                            "bench")
                                    .map(ArchitectureTest::compiled)
                                    .toList());

    @Test
    void packages_use_only_the_packages_that_the_document_allows() {
        var allowed = documentedArrows();
        var used = new TreeMap<String, Set<String>>();
        for (var ours : CLASSES) {
            var uses = used.computeIfAbsent(ours.getPackageName(), _ -> new TreeSet<>());
            ours.getDirectDependenciesFromSelf().stream()
                    .map(arrow -> arrow.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(target -> target.startsWith(OURS))
                    .filter(target -> !target.equals(ours.getPackageName()))
                    .forEach(uses::add);
        }
        assertThat(used.keySet()).isEqualTo(allowed.keySet());
        assertThat(used)
                .allSatisfy(
                        (from, uses) ->
                                assertThat(allowed.get(from))
                                        .as(from + " may use")
                                        .containsAll(uses));
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("digitalwallet.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_language_and_the_decision_are_pure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(
                        not(
                                resideInAnyPackage(PURE)
                                        .or(resideInAnyPackage(HARMLESS))
                                        .or(belongToAnyOf(IN_MEMORY))))
                .check(CLASSES);
    }

    @Test
    void the_decision_knows_neither_time_nor_chance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Random.class, ThreadLocalRandom.class)
                .check(CLASSES);
    }

    @Test
    void money_is_never_floating() {
        var near =
                List.of(
                        "digitalwallet/money/",
                        "digitalwallet/ledger/",
                        "digitalwallet/server/answer/",
                        "digitalwallet/server/command/",
                        "digitalwallet/server/rest/",
                        "digitalwallet/json/",
                        "digitalwallet/messages/",
                        "digitalwallet/payments/");
        assertThat(Sources.parse().floating())
                .filteredOn(use -> use.file().contains("src/main"))
                .filteredOn(use -> near.stream().anyMatch(use.file()::contains))
                .filteredOn(use -> !MEASURES.contains(use.file().replaceAll(".*/", "")))
                .isEmpty();
    }

    @Test
    void requests_reach_the_database_through_the_ledger_only() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "digitalwallet.server.answer..",
                        "digitalwallet.server.command..",
                        "digitalwallet.server.rest..",
                        "digitalwallet.server.security..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Connection.class,
                        Statement.class,
                        PreparedStatement.class,
                        ResultSet.class,
                        DriverManager.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.postgresql..", "org.springframework.jdbc..")
                .check(CLASSES);
    }

    @Test
    void lanes_know_no_sql() {
        noClasses()
                .that()
                .resideInAPackage("digitalwallet.ledger.lane")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void the_ledger_knows_no_framework() {
        noClasses()
                .that()
                .resideInAnyPackage("digitalwallet.ledger..", "digitalwallet.money..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void only_a_main_ends_its_process() {
        noClasses()
                .that(
                        not(
                                simpleName("Program")
                                        .or(simpleName("Main"))
                                        .or(simpleName("Verify"))
                                        .or(simpleName("Dead"))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
        // After a signal the JVM would end with a code of its own, but stopped in order is 0.
        noClasses()
                .that(not(simpleName("StopSignal")))
                .should()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    private static Path compiled(String module) {
        var folder = Repository.root().resolve(module).resolve("target/classes");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is missing: compile all modules first");
        }
        return folder;
    }

    /** The table of docs/architecture.md: a package, and those of ours that it may use. */
    private static Map<String, Set<String>> documentedArrows() {
        var arrows = new TreeMap<String, Set<String>>();
        for (var line : Repository.lines(Path.of("docs/architecture.md"))) {
            var row = ROW.matcher(line);
            if (row.find()) {
                var targets =
                        ARROW.matcher(row.group(2))
                                .results()
                                .map(target -> OURS + target.group(1))
                                .collect(Collectors.toCollection(TreeSet::new));
                arrows.put(row.group(1), targets);
            }
        }
        return arrows;
    }
}
