package digitalwallet.local.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps each log of a folder, and the one before it, small while processes write to it. A log is
 * copied and emptied rather than moved, because whoever writes has it open, most of them as their
 * standard output; they all append, so they go on at the new end. What is written between the copy
 * and the emptying is lost: at most some lines.
 */
public final class LogRotation implements AutoCloseable {

    /** A log that is longer is rotated. */
    static final long LOG_BYTES_MAX = 16L << 20;

    private static final long ROUND_SECONDS = 1;

    private final Path folder;
    private final Consumer<String> journal;
    private final CountDownLatch closed = new CountDownLatch(1);

    private LogRotation(Path folder, Consumer<String> journal) {
        this.folder = folder;
        this.journal = journal;
    }

    /**
     * Looks after the logs of a folder until it is closed.
     *
     * @param journal is told when that cannot be done
     */
    public static LogRotation start(Path folder, Consumer<String> journal) {
        var rotation = new LogRotation(folder, journal);
        Thread.ofPlatform().daemon().name("logs").start(rotation::run);
        return rotation;
    }

    /** How much all logs of a folder take, in bytes. */
    public static long bytes(Path folder) {
        try (var logs = Files.list(folder)) {
            return logs.mapToLong(log -> log.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        var worked = true;
        try {
            do {
                try {
                    rotate(folder, LOG_BYTES_MAX);
                    worked = true;
                } catch (IOException | UncheckedIOException failure) {
                    if (worked) {
                        journal.accept("the logs cannot be rotated: " + failure);
                    }
                    worked = false;
                }
            } while (!closed.await(ROUND_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rotates the logs of a folder that are longer than so many bytes. */
    static void rotate(Path folder, long bytesMax) throws IOException {
        for (var log : logs(folder)) {
            if (Files.size(log) > bytesMax) {
                rotate(log);
            }
        }
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(
                            file ->
                                    file.toString().endsWith(".log")
                                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void rotate(Path log) throws IOException {
        var before = log.resolveSibling(log.getFileName() + ".1");
        var unfinished = log.resolveSibling(log.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (var from =
                        FileChannel.open(
                                log,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS);
                var to =
                        FileChannel.open(
                                unfinished,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))) {
            // Somebody who writes faster than this copies would keep it here for ever.
            var end = 2 * from.size();
            var copied = 0L;
            while (copied < Math.min(end, from.size())) {
                copied += from.transferTo(copied, end - copied, to);
            }
            from.truncate(0);
        }
        Files.move(unfinished, before, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
