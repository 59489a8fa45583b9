package digitalwallet.local.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

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
        assertThat(up.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(launcher.run("status"))
                .isEqualTo(new Launcher.Ended(3, "not running: " + launcher.data() + "\n"));
        assertThat(Files.readString(launcher.data().log("launcher")))
                .containsSubsequence("stopping server", "stopping PostgreSQL", "stopping Kafka");
    }

    @Test
    void without_kafka_the_wallet_runs_alone_and_ends_a_broker_left_over() throws Exception {
        launcher.up().destroyForcibly().waitFor();
        assertThat(launcher.brokers()).hasSize(1);
        var metrics = FreePort.any();
        launcher.set("WALLET_MANAGEMENT_PORT", Integer.toString(metrics));
        launcher.up("--without-kafka");
        assertThat(launcher.brokers()).isEmpty();
        assertThat(launcher.run("status").output())
                .contains("\nkafka:   none\n")
                .contains("\nmetrics: http://127.0.0.1:" + metrics + "/metrics\n")
                .contains("\nbooks:   consistent; the last check was made 12 s ago\n");
        assertThat(Files.readString(launcher.data().log("server")))
                .endsWith("started with Kafka at '', null copies, signed by null\n");
        assertThat(launcher.isReady()).isTrue();
    }

    @Test
    void nothing_that_up_starts_has_privileges_and_the_owners_password_reaches_no_server()
            throws Exception {
        assumeThat(Path.of("/proc/self/status"))
                .as("only Linux tells what a process may do")
                .exists();
        // Where others can pass through, root lends the servers a user of their own.
        var _ = Folders.passable(folder);
        launcher.addPayments();
        launcher.set("WALLET_DATABASE_OWNER_PASSWORD", "that of another database");
        launcher.up();
        assertThat(launcher.children()).hasSize(4);
        var password = ownersPassword();
        for (var child : launcher.children()) {
            var status = Path.of("/proc", Long.toString(child.pid()), "status");
            assertThat(Files.readString(status)).contains("CapEff:\t0000000000000000\n");
            var environment = Path.of("/proc", Long.toString(child.pid()), "environ");
            assertThat(Files.readString(environment, ISO_8859_1))
                    .doesNotContain(password, "another database");
        }
        for (var server : launcher.servers()) {
            var status = Path.of("/proc", Long.toString(server.pid()), "status");
            assertThat(isRoot() && Files.readString(status).contains("\nUid:\t0\t")).isFalse();
        }
        assertThat(Files.readString(launcher.data().log("server")))
                .startsWith("migrated for wallet\n");
        assertThat(Files.getPosixFilePermissions(launcher.data().queueKey()))
                .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private String ownersPassword() throws IOException {
        var passfile = launcher.data().postgres().resolve("passfile");
        return Files.readString(passfile).replaceAll("(?s).*:wallet_owner:([0-9a-f]+)\n.*", "$1");
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
        var errors = folder.resolve("errors");
        var token = launcher.run(errors, "token", "user", "alice", "--ttl", "5m");
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
    void a_token_of_a_folder_where_no_wallet_has_run_comes_with_a_warning() throws Exception {
        var errors = folder.resolve("errors");
        for (var time = 0; time < 2; time++) {
            assertThat(launcher.run(errors, "token", "system").exitCode()).isZero();
            assertThat(errors)
                    .content()
                    .startsWith("No wallet has ever run in " + launcher.data() + ", ")
                    .contains("--data")
                    .hasLineCount(1);
        }
        launcher.up("--without-kafka");
        assertThat(launcher.run(errors, "token", "system").exitCode()).isZero();
        assertThat(errors).isEmptyFile();
        launcher.run("stop");
        assertThat(launcher.run(errors, "token", "system").exitCode()).isZero();
        assertThat(errors).isEmptyFile();
    }

    @Test
    void a_server_that_ends_while_it_starts_is_quoted() throws Exception {
        Files.createDirectories(launcher.data().created().prepared().run());
        Files.writeString(launcher.data().run().resolve("die-server"), "I was told to die.\n");
        var ended =
                launcher.run("up", "--without-kafka", "--port", Integer.toString(launcher.port()));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .endsWith(
                        "The server ended while it started: exit code 7, see "
                                + launcher.data().log("server")
                                + ", which ends: I was told to die.\n")
                .doesNotContain("stopped");
    }

    @Test
    void a_variable_that_up_replaces_is_named_and_a_stop_is_told() throws Exception {
        launcher.set("WALLET_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        var output = folder.resolve("up");
        var up = launcher.up(output, "--without-kafka");
        up.destroy();
        assertThat(up.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(Files.readString(output))
                .contains("not used: WALLET_DATABASE_URL; up has a PostgreSQL of its own")
                .endsWith("wallet ready: " + launcher.url() + "\nstopping\nstopped\n");
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
}
