package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The archive of PostgreSQL's programs that the build puts beside this module's classes. */
final class PostgresArchive {

    private static final String UNFINISHED = "unpacking-";

    private static final String PROPERTY = "wallet.postgres.archives";

    private final Path jar;

    private PostgresArchive(Path jar) {
        this.jar = jar;
    }

    static PostgresArchive of(PostgresVersion version) {
        var jar = archives().resolve("postgres-" + version.major() + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new LocalFailure(
                    "The PostgreSQL archive " + jar + " is missing; build the module local first.");
        }
        return new PostgresArchive(jar);
    }

    /**
     * Beside the classes, or the jar, of this module, unless the system property {@value #PROPERTY}
     * says otherwise.
     */
    static Path archives() {
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        try {
            var classes =
                    Path.of(
                            PostgresArchive.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return classes.toAbsolutePath().resolveSibling("postgres");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Unpacks into {@code folder/binaries-…} unless this archive is there already; several
     * processes may do it at once.
     */
    Path unpackInto(Path folder) {
        try (var zip = new ZipFile(jar.toFile())) {
            var tar =
                    zip.stream()
                            .filter(entry -> entry.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new LocalFailure(
                                                    "There is no PostgreSQL in " + jar + "."));
            var target = folder.resolve("binaries-%08x".formatted(tar.getCrc()));
            if (!Files.isDirectory(target)) {
                unpack(zip, tar, folder, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry tar, Path folder, Path target)
            throws IOException {
        Files.createDirectories(folder);
        Folders.deleteAbandoned(folder, UNFINISHED + "*");
        var unfinished = Files.createTempDirectory(folder, UNFINISHED);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var in = new TarArchiveInputStream(new XZInputStream(zip.getInputStream(tar)))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                write(in, entry, unfinished);
            }
        }
        deliver(unfinished, target);
    }

    /** Moves a folder to its place, unless somebody else was faster: then theirs stays. */
    static void deliver(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // For a folder that is there and not empty the JDK has no exception of its own here.
            if (!Files.isDirectory(target)) {
                throw e;
            }
            Folders.delete(unfinished);
        }
    }

    private static void write(InputStream in, TarArchiveEntry entry, Path folder)
            throws IOException {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException(
                    "The archive names a file outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(file, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(in, file);
            Files.setPosixFilePermissions(file, permissions((entry.getMode() & 0100) != 0));
        }
    }

    /** Readable by everybody: as root, PostgreSQL runs as another user than the one who unpacks. */
    private static EnumSet<PosixFilePermission> permissions(boolean executable) {
        return EnumSet.copyOf(
                PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
