package digitalwallet.local.folder;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Says who works on a data folder. The operating system frees it when its holder dies, however it
 * dies. A process number in a file would stay.
 */
public final class FolderLock implements AutoCloseable {

    private static final long POLL_MILLIS = 50;
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /** Who can open it could hold it shared, which keeps everybody else out. */
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the lock of a folder that exists, if it is free within the time. */
    public static Optional<FolderLock> take(DataFolder folder, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var taken = take(folder.file("lock"));
            if (taken.isPresent() || System.nanoTime() - deadline > 0) {
                return taken;
            }
            pause();
        }
    }

    /** Whether somebody else works on the folder now. */
    public static boolean isHeld(DataFolder folder) {
        if (!Files.exists(folder.file("lock"))) {
            return false;
        }
        var taken = take(folder.file("lock"));
        taken.ifPresent(FolderLock::close);
        return taken.isEmpty();
    }

    private static Optional<FolderLock> take(Path file) {
        try {
            var channel = FileChannel.open(file, OPTIONS, PRIVATE);
            Files.setPosixFilePermissions(file, PRIVATE.value());
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new FolderLock(channel, lock));
        } catch (NoSuchFileException _) {
            throw new LocalFailure("There is no data folder " + file.getParent() + ".");
        } catch (IOException e) {
            throw new LocalFailure(
                    "The data folder "
                            + file.getParent()
                            + " cannot be locked; it belongs to another user.",
                    e);
        }
    }

    @org.jspecify.annotations.Nullable
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
