package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogRotationTest {

    private static final int BYTES_MAX = 1000;

    @TempDir private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void log(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    @Test
    void a_long_log_becomes_the_one_before_and_begins_anew() throws IOException {
        log("server.log", "x".repeat(BYTES_MAX + 1));
        log("server.log.1", "older");
        LogRotation.rotate(folder, BYTES_MAX);
        assertThat(file("server.log")).isEmptyFile();
        assertThat(file("server.log.1")).hasContent("x".repeat(BYTES_MAX + 1));
        assertThat(Files.getPosixFilePermissions(file("server.log.1")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_short_log_and_what_is_no_log_stay() throws IOException {
        log("server.log", "x".repeat(BYTES_MAX));
        log("notes", "x".repeat(BYTES_MAX + 1));
        LogRotation.rotate(folder, BYTES_MAX);
        assertThat(file("server.log")).hasSize(BYTES_MAX);
        assertThat(file("notes")).hasSize(BYTES_MAX + 1);
        assertThat(file("server.log.1")).doesNotExist();
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        log("elsewhere", "x".repeat(BYTES_MAX + 1));
        Files.createSymbolicLink(file("server.log"), file("elsewhere"));
        LogRotation.rotate(folder, BYTES_MAX);
        assertThat(file("elsewhere")).hasSize(BYTES_MAX + 1);
    }

    @Test
    void who_writes_all_the_time_goes_on_and_the_lines_stay_in_order() throws Exception {
        var writer =
                new ProcessBuilder("/bin/sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; done")
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(file("server.log").toFile()))
                        .start();
        try {
            for (int rotation = 0; rotation < 5; rotation++) {
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> Files.size(file("server.log")) > BYTES_MAX);
                LogRotation.rotate(folder, BYTES_MAX);
            }
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> Files.size(file("server.log")) > BYTES_MAX);
            assertThat(writer.isAlive()).isTrue();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        var lines = new ArrayList<>(Files.readAllLines(file("server.log.1")));
        lines.addAll(Files.readAllLines(file("server.log")));
        var numbers = lines.stream().filter(line -> !line.isEmpty()).map(Integer::valueOf).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
}
