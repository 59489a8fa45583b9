package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The server as a process of its own: how it starts, logs, refuses and stops. */
final class MainIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;

    @Test
    void every_line_of_a_json_log_is_json_and_a_signal_ends_it_in_order() throws Exception {
        var variables = environment();
        variables.put("WALLET_LOG_FORMAT", "json");
        variables.put("WALLET_LOG_LEVEL", "info");
        var server = start(variables);
        try {
            Awaitility.await()
                    .atMost(5, TimeUnit.MINUTES)
                    .until(
                            () ->
                                    lines().stream()
                                            .anyMatch(line -> line.contains("serving on port")));
        } finally {
            server.destroy();
        }
        assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
        var lines = lines();
        assertThat(lines.getFirst()).contains("settings:");
        assertThat(lines.getLast()).contains("stopped");
        for (var line : lines) {
            var json = JSON.readTree(line);
            assertThat(json.has("@timestamp") && json.has("message")).as(line).isTrue();
        }
        var all = String.join("\n", lines);
        assertThat(all).doesNotContain(variables.get("WALLET_DATABASE_PASSWORD"));
        assertThat(all).doesNotContain(variables.get("WALLET_DATABASE_OWNER_PASSWORD"));
        assertThat(all).doesNotContain("adaptiveFetch");
    }

    @Test
    void a_wrong_setting_ends_it_with_one_sentence() throws Exception {
        var variables = environment();
        variables.put("WALLET_LANES", "none");
        assertEndsWith("WALLET_LANES is none, but should be a number from 1 to 1000.", variables);
        variables.put("WALLET_LANES", "auto");
        variables.put("WALLET_COLOUR", "blue");
        assertEndsWith(
                "WALLET_COLOUR is not a variable of this server; see"
                        + " docs/operations/configuration.md.",
                variables);
    }

    @Test
    void a_digest_key_that_is_not_that_of_the_books_ends_it() throws Exception {
        var variables = environment();
        var key = folder.resolve("key");
        variables.put("WALLET_DIGEST_KEY_FILE", key.toString());
        variables.put("WALLET_LOG_LEVEL", "error");
        assertEndsWith("The digest key " + key + " cannot be read.", variables);
        Files.writeString(key, "short");
        assertThat(ended(variables)).startsWith("The digest key " + key + " is too short");
        Files.writeString(key, "another digest key of 32 bytes or more");
        assertEndsWith(
                "The books were made with another digest key than the one in " + key + ".",
                variables);
    }

    @Test
    void without_the_owner_an_empty_database_ends_it() throws Exception {
        var variables = environment();
        variables.put("WALLET_LOG_LEVEL", "error");
        variables.remove("WALLET_DATABASE_OWNER_USER");
        variables.remove("WALLET_DATABASE_OWNER_PASSWORD");
        variables.computeIfPresent(
                "WALLET_DATABASE_URL", (_, url) -> url.replaceAll("/[^/]*$", "/postgres"));
        assertThat(ended(variables))
                .startsWith("The schema in the database is not ready: ")
                .hasLineCount(1);
    }

    @Test
    void the_schema_is_migrated_in_a_step_of_its_own_and_the_server_needs_no_owner()
            throws Exception {
        var variables = environment();
        var database = "migrated_alone";
        LocalPostgres.shared(PostgresVersion.V18).createDatabase(database);
        variables.computeIfPresent(
                "WALLET_DATABASE_URL", (_, url) -> url.replaceAll("/[^/]*$", "/" + database));
        var migration = start(variables, "migrate");
        assertThat(migration.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(migration.exitValue()).as(Files.readString(errors())).isZero();
        assertThat(lines()).anyMatch(line -> line.contains("the schema is up to date"));
        variables.remove("WALLET_DATABASE_OWNER_USER");
        variables.remove("WALLET_DATABASE_OWNER_PASSWORD");
        variables.put("WALLET_LOG_LEVEL", "info");
        var server = start(variables);
        try {
            Awaitility.await()
                    .atMost(10, TimeUnit.MINUTES)
                    .until(
                            () ->
                                    lines().stream()
                                            .anyMatch(line -> line.contains("serving on port")));
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(lines()).noneMatch(line -> line.contains("the schema's owner"));
    }

    @Test
    void migrate_says_what_it_lacks_and_any_other_argument_is_refused() throws Exception {
        var variables = environment();
        variables.remove("WALLET_DATABASE_OWNER_USER");
        var migration = start(variables, "migrate");
        assertThat(migration.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(migration.exitValue()).isEqualTo(1);
        assertThat(Files.readString(errors()))
                .startsWith("WALLET_DATABASE_OWNER_USER must be set: ")
                .hasLineCount(1);
        var misspelt = start(variables, "migrat");
        assertThat(misspelt.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(misspelt.exitValue()).isEqualTo(2);
    }

    @Test
    void a_database_that_is_not_there_ends_it() throws Exception {
        var variables = environment();
        variables.put("WALLET_LOG_LEVEL", "error");
        variables.put("WALLET_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/wallet");
        assertThat(ended(variables)).contains("127.0.0.1:1").hasLineCount(1);
    }

    /** The environment of the shared wallet, with other ports. */
    private static Map<String, String> environment() {
        return new HashMap<>(TestWallet.shared().environment());
    }

    private void assertEndsWith(String sentence, Map<String, String> variables) throws Exception {
        assertThat(ended(variables)).isEqualTo(sentence);
    }

    private String ended(Map<String, String> variables) throws Exception {
        var process = start(variables);
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        return Files.readString(errors()).strip();
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("WALLET_"));
        builder.environment().putAll(variables);
        return builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(errors().toFile())
                .start();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    private Path errors() {
        return folder.resolve("errors");
    }
}
