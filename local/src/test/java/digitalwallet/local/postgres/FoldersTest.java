package digitalwallet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, and what is left when its writer is killed. */
final class FoldersTest {

    @TempDir private Path folder;

    @Test
    void what_killed_writers_left_of_a_file_goes_when_it_is_written_again() throws IOException {
        abandoned(Files.createFile(folder.resolve("key-1.new")));
        var another = abandoned(Files.createFile(folder.resolve("other-1.new")));
        var inWork = Files.createFile(folder.resolve("key-2.new"));
        Folders.writePrivate(folder.resolve("key"), "new");
        assertThat(files()).containsExactlyInAnyOrder(folder.resolve("key"), another, inWork);
        assertThat(folder.resolve("key")).hasContent("new");
    }

    @Test
    void folders_that_were_left_half_filled_go_with_all_that_is_in_them() throws IOException {
        var left = Files.createDirectory(folder.resolve("unpacking-1"));
        Files.createFile(left.resolve("file"));
        abandoned(left);
        var inWork = Files.createDirectory(folder.resolve("unpacking-2"));
        Folders.deleteAbandoned(folder, "unpacking-*");
        assertThat(files()).containsExactly(inWork);
    }

    private Stream<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    private static Path abandoned(Path path) throws IOException {
        var longAgo = Instant.now().minus(Duration.ofHours(2));
        return Files.setLastModifiedTime(path, FileTime.from(longAgo));
    }
}
