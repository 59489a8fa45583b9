package digitalwallet.bench.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The heap of a broker, which has no metrics of ours. It is filled up to its bound once, slowly,
 * whatever of it is garbage; so what the process has grows for long, and says nothing. What says
 * something is what is left after a collection, and what the process has beside the heap.
 *
 * @param from the lowest address of the heap
 * @param to the address behind it
 * @param usedMebibytes at the moment
 */
record BrokerHeap(long from, long to, double usedMebibytes) {

    private static final double KIBI = 1024.0;
    private static final Pattern GENERATION =
            Pattern.compile("total \\d+K, used (\\d+)K \\[0x(\\w+), 0x\\w+, 0x(\\w+)\\)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");

    /**
     * Has the broker collect, and looks.
     *
     * @throws IOException when it does not say
     */
    static BrokerHeap collected(ProcessHandle broker) throws IOException {
        var _ = jcmd(broker, "GC.run");
        return told(jcmd(broker, "GC.heap_info"));
    }

    /** What the JVM says of its generations. */
    static BrokerHeap told(String heapInfo) throws IOException {
        long from = Long.MAX_VALUE;
        long to = 0;
        double used = 0;
        for (var generation : GENERATION.matcher(heapInfo).results().toList()) {
            used += Long.parseLong(generation.group(1)) / KIBI;
            from = Math.min(from, Long.parseLong(generation.group(2), 16));
            to = Math.max(to, Long.parseLong(generation.group(3), 16));
        }
        if (to == 0) {
            throw new IOException("no heap is told of: " + heapInfo);
        }
        return new BrokerHeap(from, to, used);
    }

    /** How much of the heap is in memory. */
    double residentMebibytes(ProcessHandle broker) throws IOException {
        return resident(Files.readAllLines(Path.of("/proc/" + broker.pid() + "/smaps")));
    }

    /** The same by the mappings of the process, as Linux lists them. */
    double resident(List<String> mappings) {
        double mebibytes = 0;
        boolean ours = false;
        for (var line : mappings) {
            var mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                ours = start >= from && start < to;
            } else if (ours && line.startsWith("Pss:")) {
                mebibytes += Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBI;
            }
        }
        return mebibytes;
    }

    private static String jcmd(ProcessHandle broker, String command) throws IOException {
        var program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process =
                new ProcessBuilder(program, Long.toString(broker.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
