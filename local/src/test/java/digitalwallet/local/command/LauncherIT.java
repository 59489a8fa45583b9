package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

    private static final Duration REVIVAL = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private Launcher launcher;

    @BeforeEach
    void packServer() throws IOException {
        launcher = new Launcher(folder);
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        launcher.run("stop");
        assertThat(launcher.children()).isEmpty();
    }

    @Test
    void it_says_what_runs_refuses_a_second_up_and_stops_in_order() throws Exception {
        var up = launcher.up();
        assertThat(launcher.run("status"))
                .satisfies(status -> assertThat(status.exitCode()).isZero())
                .satisfies(
                        status ->
                                assertThat(status.output())
                                        .startsWith("running: " + launcher.url())
                                        .contains("\nkafka:   " + launcher.kafka() + "\n"));
        assertThat(Files.readString(launcher.data().log("server")))
                .contains(
                        "started with Kafka at '"
                                + launcher.kafka()
                                + "', 1 copies, signed by "
                                + launcher.data()
                                + "/queue-key\n");
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
                .containsSubsequence("stopping server", "stopping PostgreSQL", "stopping Kafka");
    }

    @Test
    void a_dead_child_is_started_again_and_the_addresses_stay() throws Exception {
        var up = launcher.up();
        var postgresPort = launcher.postgresPort();
        var kafka = launcher.kafka();
        var dead = launcher.children();
        assertThat(dead).hasSize(3);
        dead.forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL)
                .until(() -> isReady() && launcher.postmasters().size() == 1 && listens(kafka));
        assertThat(Processes.anyRuns(dead.stream())).isFalse();
        assertThat(launcher.postgresPort()).isEqualTo(postgresPort);
        assertThat(launcher.kafka()).isEqualTo(kafka);
        assertThat(Files.readString(launcher.data().log("launcher")))
                .contains("Kafka died: exit code 137, see ")
                .contains("Kafka was started again");
        up.destroy();
        assertThat(up.waitFor()).isZero();
    }

    @Test
    void without_kafka_the_wallet_runs_alone_and_ends_a_broker_left_over() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        assertThat(launcher.brokers()).hasSize(1);
        launcher.up("--without-kafka");
        assertThat(launcher.brokers()).isEmpty();
        assertThat(launcher.run("status").output()).contains("\nkafka:   none\n");
        assertThat(Files.readString(launcher.data().log("server")))
                .endsWith("started with Kafka at '', null copies, signed by null\n");
        assertThat(isReady()).isTrue();
    }

    @Test
    void stop_also_ends_what_a_killed_launcher_left() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        assertThat(launcher.children()).hasSize(3);
        assertThat(launcher.run("stop")).isEqualTo(new Launcher.Ended(0, "not running\n"));
        assertThat(launcher.children()).isEmpty();
    }

    @Test
    void five_deaths_in_a_minute_end_it_in_one_sentence() throws Exception {
        var up = launcher.up("--without-kafka");
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
        var orphans = launcher.children();
        assertThat(orphans).hasSize(3);
        assertThat(launcher.run("status").exitCode()).isEqualTo(3);
        launcher.up();
        assertThat(Processes.anyRuns(orphans.stream())).isFalse();
        assertThat(isReady()).isTrue();
    }

    @Test
    void after_everything_was_killed_the_next_up_recovers() throws Exception {
        var up = launcher.up();
        var kafka = launcher.kafka();
        var all = launcher.children();
        up.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        launcher.up();
        assertThat(isReady()).isTrue();
        assertThat(launcher.kafka()).isEqualTo(kafka);
        assertThat(listens(kafka)).isTrue();
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
        launcher.up("--without-kafka");
        var noCheck = launcher.run("verify");
        assertThat(noCheck.exitCode()).isEqualTo(2);
        assertThat(noCheck.output()).startsWith("There is no such program in ");
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
        } catch (ConnectException | java.net.http.HttpTimeoutException _) {
            return false;
        }
    }

    private static boolean listens(String address) throws IOException {
        var colon = address.indexOf(':');
        var port = Integer.parseInt(address.substring(colon + 1));
        try (var socket = new Socket(address.substring(0, colon), port)) {
            return socket.isConnected();
        } catch (ConnectException _) {
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
