package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

    private static final Duration REVIVAL = Duration.ofSeconds(10);

    @TempDir private Path folder;

    private Launcher launcher;

    @BeforeEach
    void packServer() throws IOException {
        launcher = new Launcher(folder);
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        launcher.run("stop");
        assertThat(launcher.servers()).isEmpty();
        assertThat(launcher.postmasters()).isEmpty();
    }

    @Test
    void it_says_what_runs_refuses_a_second_up_and_stops_in_order() throws Exception {
        var up = launcher.up();
        assertThat(launcher.run("status"))
                .satisfies(status -> assertThat(status.exitCode()).isZero())
                .satisfies(
                        status ->
                                assertThat(status.output())
                                        .startsWith("running: " + launcher.url()));
        var second = launcher.run("up", "--port", "1");
        assertThat(second)
                .isEqualTo(new Launcher.Ended(1, "already running: " + launcher.url() + "\n"));
        assertThat(launcher.run("db").output())
                .startsWith(
                        "postgresql://wallet_reader@127.0.0.1:"
                                + launcher.postgresPort()
                                + "/wallet?passfile=");
        assertThat(launcher.run("stop")).isEqualTo(new Launcher.Ended(0, "stopped\n"));
        assertThat(up.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(launcher.run("status")).isEqualTo(new Launcher.Ended(3, "not running\n"));
        assertThat(Files.readString(launcher.data().log("launcher")))
                .containsSubsequence("stopping server", "stopping PostgreSQL");
    }

    @Test
    void a_dead_child_is_started_again_and_postgresql_keeps_its_port() throws Exception {
        var up = launcher.up();
        var postgresPort = launcher.postgresPort();
        var dead =
                Stream.concat(launcher.servers().stream(), launcher.postmasters().stream())
                        .toList();
        assertThat(dead).hasSize(2);
        dead.forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL).until(() -> isReady() && launcher.postmasters().size() == 1);
        assertThat(Processes.anyRuns(dead.stream())).isFalse();
        assertThat(launcher.postgresPort()).isEqualTo(postgresPort);
        up.destroy();
        assertThat(up.waitFor()).isZero();
    }

    @Test
    void five_deaths_in_a_minute_end_it_in_one_sentence() throws Exception {
        var up = launcher.up();
        Files.createFile(launcher.data().run().resolve("die"));
        launcher.servers().forEach(ProcessHandle::destroyForcibly);
        assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(launcher.postmasters()).isEmpty();
        assertThat(launcher.run("status").exitCode()).isEqualTo(3);
        assertThat(lastOutput())
                .endsWith(
                        "The server keeps dying, so the wallet stops: exit code 7, see "
                                + launcher.data().log("server")
                                + ".\n");
        Files.delete(launcher.data().run().resolve("die"));
    }

    @Test
    void after_the_launcher_was_killed_the_next_up_takes_over_from_the_orphans() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        var orphans =
                Stream.concat(launcher.servers().stream(), launcher.postmasters().stream())
                        .toList();
        assertThat(orphans).hasSize(2);
        assertThat(launcher.run("status").exitCode()).isEqualTo(3);
        launcher.up();
        assertThat(Processes.anyRuns(orphans.stream())).isFalse();
        assertThat(isReady()).isTrue();
    }

    @Test
    void after_everything_was_killed_the_next_up_recovers() throws Exception {
        var up = launcher.up();
        var all =
                Stream.concat(launcher.servers().stream(), launcher.postmasters().stream())
                        .toList();
        up.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        launcher.up();
        assertThat(isReady()).isTrue();
    }

    @Test
    void a_taken_port_is_one_sentence() throws Exception {
        try (var _ = new ServerSocket(launcher.port(), 1, InetAddress.getLoopbackAddress())) {
            var ended = launcher.run("up", "--port", Integer.toString(launcher.port()));
            assertThat(ended)
                    .isEqualTo(
                            new Launcher.Ended(
                                    1,
                                    "Port "
                                            + launcher.port()
                                            + " is taken by another program; choose another with"
                                            + " --port.\n"));
        }
    }

    @Test
    void while_something_else_holds_the_lock_nothing_starts() throws Exception {
        var data = launcher.data().created();
        try (var lock = FolderLock.take(data, Duration.ZERO).orElseThrow()) {
            assertThat(lock).isNotNull();
            var ended = launcher.run("up", "--port", Integer.toString(launcher.port()));
            assertThat(ended)
                    .isEqualTo(
                            new Launcher.Ended(
                                    1,
                                    "The data folder "
                                            + data
                                            + " is in use by another process.\n"));
        }
    }

    @Test
    void a_token_is_all_that_token_prints_and_a_wrong_role_is_one_sentence() throws Exception {
        var token = launcher.run("token", "user", "alice", "--ttl", "5m");
        assertThat(token.exitCode()).isZero();
        assertThat(token.output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
        assertThat(launcher.run("token", "root"))
                .isEqualTo(
                        new Launcher.Ended(
                                1,
                                "There is no role root; the roles are user, system, support,"
                                        + " auditor, admin.\n"));
    }

    @Test
    void a_check_that_cannot_run_is_not_taken_for_altered_books() throws Exception {
        var nothing = launcher.run("verify");
        assertThat(nothing)
                .isEqualTo(
                        new Launcher.Ended(2, "There are no books in " + launcher.data() + ".\n"));
        launcher.up();
        var noCheck = launcher.run("verify");
        assertThat(noCheck.exitCode()).isEqualTo(2);
        assertThat(noCheck.output()).startsWith("There is no check of the books in ");
    }

    @Test
    void every_command_has_help() throws Exception {
        for (var command : List.of("up", "stop", "status", "token", "db", "verify")) {
            var help = launcher.run(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.output())
                    .startsWith("Usage: wallet " + command)
                    .contains("--data=DIR", "Exit codes:");
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(launcher.url() + "/readyz"))
                            .timeout(Duration.ofSeconds(1))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (java.net.ConnectException | java.net.http.HttpTimeoutException _) {
            return false;
        }
    }

    private String lastOutput() throws IOException {
        try (var files = Files.list(folder)) {
            var output =
                    files.filter(file -> file.getFileName().toString().startsWith("output-"))
                            .sorted()
                            .findFirst()
                            .orElseThrow();
            return Files.readString(output);
        }
    }
}
