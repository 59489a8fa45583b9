package digitalwallet.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folders and files with the rights they need: private, or passable for the user PostgreSQL runs
 * as.
 */
public final class Folders {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final int SHORT_BYTES_MAX = 64 << 10;

    private Folders() {}

    /** Creates the folder if need be; other users may pass through it, but not list it. */
    public static Path passable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new and empty folder of this user's alone; what was there before is deleted. */
    public static Path emptied(Path folder, RunAs runAs) {
        try {
            runAs.delete(folder);
            Files.createDirectory(folder, PRIVATE_FOLDER);
            runAs.own(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner may read, whole or not at all. */
    public static void writePrivate(Path file, String content) {
        writePrivate(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file that only its owner may read, whole or not at all. */
    public static void writePrivate(Path file, byte[] content) {
        try {
            var folder = file.resolveSibling("");
            deleteAbandoned(folder, file.getFileName() + "-*.new");
            var unfinished =
                    Files.createTempFile(
                            folder,
                            file.getFileName() + "-",
                            ".new",
                            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes what processes have left that were killed before they were done; what others are at
     * just now stays.
     *
     * @param names as {@link Files#newDirectoryStream(Path, String)} takes them
     */
    static void deleteAbandoned(Path folder, String names) throws IOException {
        var old = Instant.now().minus(ABANDONED);
        try (var files = Files.newDirectoryStream(folder, names)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(old)) {
                    delete(file);
                }
            }
        } catch (NoSuchFileException _) {
            // Somebody else was faster.
        }
    }

    /** Makes sure that there is a file which only its owner may read, and says which. */
    public static Path privateFile(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a short file in a folder that another user may write to.
     *
     * @throws IOException when it is not an ordinary file, but a link for example
     */
    static String readUnlinked(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(SHORT_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    /** Deletes a folder with all that is in it; one that is not there is fine. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new DeleteEverything());
        } catch (NoSuchFileException _) {
            // Somebody else was faster.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class DeleteEverything extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
