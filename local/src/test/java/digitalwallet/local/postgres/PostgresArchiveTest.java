package digitalwallet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that unpack the same archive at the same time. */
final class PostgresArchiveTest {

    @TempDir private Path folder;

    @Test
    void who_unpacks_second_keeps_what_the_first_one_unpacked() throws IOException {
        var target = folder.resolve("binaries");
        PostgresArchive.deliver(unpacked("first"), target);
        PostgresArchive.deliver(unpacked("second"), target);

        assertThat(target.resolve("postgres")).hasContent("first");
        assertThat(folder).isDirectoryNotContaining("glob:**/unpacking-*");
    }

    @Test
    void what_cannot_be_delivered_at_all_fails() {
        var missing = folder.resolve("missing");
        assertThatThrownBy(() -> PostgresArchive.deliver(missing, folder.resolve("binaries")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Path unpacked(String content) throws IOException {
        var unfinished = Files.createTempDirectory(folder, "unpacking-");
        Files.writeString(unfinished.resolve("postgres"), content);
        return unfinished;
    }
}
