package digitalwallet.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and its children have, as Linux counts it.
 *
 * @param mebibytes of memory; what several of them share is counted once, and PostgreSQL's buffers,
 *     which it takes by and by, are not
 */
record Usage(double mebibytes, int threads, int files) {

    private static final double KIBI = 1024.0;

    static Usage of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Usage::ofOne)
                .reduce(new Usage(0, 0, 0), Usage::plus);
    }

    private Usage plus(Usage other) {
        return new Usage(mebibytes + other.mebibytes, threads + other.threads, files + other.files);
    }

    private static Usage ofOne(ProcessHandle process) {
        var folder = Path.of("/proc", Long.toString(process.pid()));
        try (var files = Files.list(folder.resolve("fd"))) {
            var memory = folder.resolve("smaps_rollup");
            double kibibytes = number(memory, "Pss:") - number(memory, "Pss_Shmem:");
            int threads = (int) number(folder.resolve("status"), "Threads:");
            return new Usage(kibibytes / KIBI, threads, (int) files.count());
        } catch (IOException | UncheckedIOException _) {
            return new Usage(0, 0, 0); // It has just ended.
        }
    }

    private static double number(Path file, String line) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(each -> each.startsWith(line))
                    .mapToDouble(each -> Long.parseLong(each.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
