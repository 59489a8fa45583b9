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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is killed comes back, and what a killed launcher left behind is taken over or ended. */
final class RecoveryIT {

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
