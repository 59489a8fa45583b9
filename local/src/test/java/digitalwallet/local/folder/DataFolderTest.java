package digitalwallet.local.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    @TempDir private Path folder;

    @Test
    void only_one_holds_the_lock_and_it_is_free_once_released() {
        var data = DataFolder.at(folder).created();
        assertThat(FolderLock.isHeld(data)).isFalse();
        var first = FolderLock.take(data, Duration.ZERO).orElseThrow();
        assertThat(FolderLock.take(data, Duration.ZERO)).isEmpty();
        assertThat(FolderLock.isHeld(data)).isTrue();
        first.close();
        FolderLock.take(data, Duration.ZERO).orElseThrow().close();
        assertThat(FolderLock.isHeld(data)).isFalse();
    }

    @Test
    void the_lock_is_for_its_owner_alone_although_an_older_one_was_not() throws IOException {
        var data = DataFolder.at(folder).created();
        var lock = Files.createFile(data.path().resolve("lock"));
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        FolderLock.take(data, Duration.ZERO).orElseThrow().close();
        assertThat(Files.getPosixFilePermissions(lock))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.delete(lock);
        FolderLock.take(data, Duration.ZERO).orElseThrow().close();
        assertThat(Files.getPosixFilePermissions(lock))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_folder_with_something_else_in_it_is_refused() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "Dear Alice");
        assertThatThrownBy(() -> DataFolder.at(folder).created())
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("is not empty and not a wallet's data folder");
        assertThat(folder.resolve("letter.txt")).exists();
    }

    @Test
    void a_folder_of_another_version_is_refused() throws IOException {
        var data = DataFolder.at(folder).created().prepared();
        Files.writeString(folder.resolve("version"), "99\n");
        assertThatThrownBy(data::prepared)
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("has version 99, but this wallet works with version 1");
    }

    @Test
    void the_keys_are_made_once_and_private() throws IOException {
        var data = DataFolder.at(folder).created().prepared();
        for (var file : List.of(data.digestKey(), data.queueKey())) {
            var key = Files.readAllBytes(file);
            assertThat(key).hasSize(32);
            var rights = Files.getPosixFilePermissions(file);
            assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
        }
        var digestKey = Files.readAllBytes(data.digestKey());
        var queueKey = Files.readAllBytes(data.queueKey());
        assertThat(digestKey).isNotEqualTo(queueKey);
        assertThat(Files.readAllBytes(data.digestKey())).isEqualTo(digestKey);
        assertThat(Files.readAllBytes(data.queueKey())).isEqualTo(queueKey);
    }

    @Test
    void what_the_holder_writes_is_what_others_read() {
        var data = DataFolder.at(folder).created();
        assertThat(Running.read(data)).isEmpty();
        var running =
                new Running(
                        "up",
                        42,
                        "ready",
                        "http://127.0.0.1:8080",
                        5432,
                        9090,
                        "127.0.0.1:9092",
                        "http://127.0.0.1:8081",
                        9091,
                        "payments service");
        running.write(data);
        assertThat(Running.read(data)).contains(running);
        Running.forget(data);
        assertThat(Running.read(data)).isEmpty();
    }
}
