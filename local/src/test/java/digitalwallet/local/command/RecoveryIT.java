package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is killed comes back, and what a killed launcher left behind is taken over or ended. */
final class RecoveryIT {

    private static final Duration REVIVAL = Duration.ofMinutes(10);

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
    void a_dead_child_is_started_again_and_the_addresses_stay() throws Exception {
        var up = launcher.up();
        var postgresPort = launcher.postgresPort();
        var kafka = launcher.kafka();
        var dead = launcher.children();
        assertThat(dead).hasSize(3);
        dead.forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL)
                .until(
                        () ->
                                launcher.isReady()
                                        && launcher.postmasters().size() == 1
                                        && listens(kafka));
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
    void stop_also_ends_what_a_killed_launcher_left() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        assertThat(launcher.children()).hasSize(3);
        var left = "server, Kafka, PostgreSQL\n";
        assertThat(launcher.run("status"))
                .satisfies(status -> assertThat(status.exitCode()).isEqualTo(3))
                .satisfies(
                        status ->
                                assertThat(status.output())
                                        .startsWith("the launcher died; these still run: " + left)
                                        .contains("\nend them: ./wallet stop --data "));
        assertThat(launcher.run("stop"))
                .isEqualTo(new Launcher.Ended(0, "stopped what was left running: " + left));
        assertThat(launcher.children()).isEmpty();
        assertThat(launcher.run("stop"))
                .isEqualTo(new Launcher.Ended(0, "not running: " + launcher.data() + "\n"));
    }

    @Test
    void payments_that_keep_dying_stay_down_and_everything_else_goes_on() throws Exception {
        launcher.addPayments();
        var output = folder.resolve("up");
        var up = launcher.up(output);
        var others = others();
        assertThat(others).hasSize(3);
        Files.createFile(launcher.data().run().resolve("die-payments"));
        launcher.servers("payments").forEach(ProcessHandle::destroyForcibly);
        var sentence =
                "The payments service keeps dying and stays down: exit code 7, see "
                        + launcher.data().log("payments")
                        + ".\n";
        await().atMost(REVIVAL).until(() -> Files.readString(output).endsWith(sentence));
        assertThat(launcher.run("status"))
                .satisfies(status -> assertThat(status.exitCode()).isEqualTo(4))
                .satisfies(
                        status ->
                                assertThat(status.output())
                                        .startsWith("partly running: " + launcher.url())
                                        .contains("\ndown:    payments service ")
                                        .contains(launcher.data().log("payments") + ", then stop")
                                        .containsPattern("\npayments: .* \\(down\\)\n"));
        assertThat(launcher.isReady()).isTrue();
        assertThat(listens(launcher.kafka())).isTrue();
        assertThat(others()).isEqualTo(others);
        launcher.servers("server").forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL).until(launcher::isReady);
        assertThat(launcher.run("stop").exitCode()).isZero();
        up.waitFor();
        assertThat(up.exitValue()).isEqualTo(4);
        assertThat(Files.readString(output))
                .endsWith("stopping\nstopped; down before: payments service\n");
        assertThat(launcher.run("status").exitCode()).isEqualTo(3);
    }

    private List<ProcessHandle> others() {
        return launcher.children().stream()
                .filter(child -> !launcher.servers("payments").contains(child))
                .toList();
    }

    @Test
    void when_the_server_stays_down_the_database_does_not_and_a_new_up_begins_anew()
            throws Exception {
        var up = launcher.up("--without-kafka");
        Files.createFile(launcher.data().run().resolve("die-server"));
        launcher.servers().forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL).until(() -> launcher.run("status").exitCode() == 4);
        assertThat(launcher.postmasters()).hasSize(1);
        up.destroy();
        assertThat(up.waitFor()).isEqualTo(4);
        Files.delete(launcher.data().run().resolve("die-server"));
        launcher.up("--without-kafka");
        assertThat(launcher.run("status").exitCode()).isZero();
    }

    @Test
    void while_the_server_stands_still_up_and_status_say_why() throws Exception {
        var stand = launcher.data().created().prepared().run().resolve("stand-server");
        var sentence = "The books are old: start with WALLET_RESTORED=then/now.";
        Files.writeString(stand, sentence);
        var output = folder.resolve("up");
        var up = launcher.begin(output, "up", "--without-kafka", "--port", "" + launcher.port());
        await().atMost(REVIVAL)
                .until(
                        () ->
                                Files.readString(output)
                                        .contains("The server is not ready yet: " + sentence));
        assertThat(launcher.run("status"))
                .satisfies(status -> assertThat(status.exitCode()).isZero())
                .satisfies(
                        status ->
                                assertThat(status.output())
                                        .startsWith("starting: " + launcher.url())
                                        .endsWith("\nnot ready: " + sentence + "\n"));
        Files.delete(stand);
        await().atMost(REVIVAL).until(() -> !launcher.run("status").output().contains("starting"));
        assertThat(launcher.run("status").output()).doesNotContain("not ready");
        assertThat(launcher.run("stop").exitCode()).isZero();
        assertThat(up.waitFor()).isZero();
    }

    @Test
    void the_log_of_a_child_that_says_much_is_rotated_while_it_runs() throws Exception {
        Files.createDirectories(launcher.data().created().prepared().run());
        Files.createFile(launcher.data().run().resolve("chatter-server"));
        launcher.up("--without-kafka");
        var server = launcher.servers();
        var log = launcher.data().log("server");
        var before = log.resolveSibling("server.log.1");
        await().atMost(REVIVAL).until(() -> Files.exists(before) && Files.size(log) < 16L << 20);
        assertThat(launcher.servers()).isEqualTo(server);
        assertThat(launcher.isReady()).isTrue();
    }

    @Test
    void after_the_launcher_was_killed_the_next_up_takes_over_from_the_orphans() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        var orphans = launcher.children();
        assertThat(orphans).hasSize(3);
        assertThat(launcher.run("status").exitCode()).isEqualTo(3);
        launcher.up();
        assertThat(Processes.anyRuns(orphans.stream())).isFalse();
        assertThat(launcher.isReady()).isTrue();
    }

    @Test
    void after_everything_was_killed_the_next_up_recovers() throws Exception {
        var up = launcher.up();
        var kafka = launcher.kafka();
        var all = launcher.children();
        up.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        launcher.up();
        assertThat(launcher.isReady()).isTrue();
        assertThat(launcher.kafka()).isEqualTo(kafka);
        assertThat(listens(kafka)).isTrue();
    }

    @Test
    void what_killed_programs_leave_in_their_temporary_folders_does_not_pile_up() throws Exception {
        var up = launcher.up("--without-kafka");
        assertThat(temporary("server")).hasSize(1);
        var first = launcher.servers();
        first.forEach(ProcessHandle::destroyForcibly);
        await().atMost(REVIVAL)
                .until(() -> launcher.isReady() && !launcher.servers().equals(first));
        assertThat(temporary("server")).hasSize(1);
        up.destroyForcibly().waitFor();
        launcher.children().forEach(ProcessHandle::destroyForcibly);
        Files.createFile(Files.createDirectory(temporary().resolve("dead-4711")).resolve("left"));
        launcher.up("--without-kafka");
        assertThat(temporary("server")).hasSize(1);
        assertThat(temporary()).isDirectoryNotContaining(path -> path.endsWith("dead-4711"));
    }

    private Path temporary() {
        return launcher.data().path().resolve("tmp");
    }

    private List<Path> temporary(String program) throws IOException {
        try (var files = Files.list(temporary().resolve(program))) {
            return files.toList();
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
}
