package digitalwallet.bench.measure;

import digitalwallet.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Processor time spent so far, by the names of processes, this one's first. Processes of PostgreSQL
 * that have ended are counted where the system tells (Linux).
 */
public record CpuTime(SequencedMap<String, Duration> byProcess) {

    private static final long MILLIS_PER_TICK = 10;

    /** Of this process, of PostgreSQL, and of a wallet server where there is one. */
    static CpuTime now(LocalPostgres postgres, Optional<ProcessHandle> server) {
        var spent = ofThisProcess();
        server.ifPresent(process -> spent.put("server", of(process)));
        spent.put(
                "PostgreSQL",
                postgres.postmaster().stream()
                        .map(CpuTime::ofAll)
                        .reduce(Duration.ZERO, Duration::plus));
        return new CpuTime(spent);
    }

    /** Of this process and of others, by their names; children that have ended count too. */
    public static CpuTime of(SequencedMap<String, ProcessHandle> others) {
        var spent = ofThisProcess();
        others.forEach((name, process) -> spent.put(name, ofAll(process)));
        return new CpuTime(spent);
    }

    /** Seconds of processor time that all but this process have spent since then. */
    public double ofOthersSince(CpuTime before) {
        return minus(before).byProcess.values().stream().skip(1).mapToLong(Duration::toNanos).sum()
                / 1e9;
    }

    /** What was spent since then. */
    CpuTime minus(CpuTime since) {
        var spent = new LinkedHashMap<>(byProcess);
        since.byProcess.forEach(
                (name, before) -> spent.computeIfPresent(name, (_, now) -> now.minus(before)));
        return new CpuTime(spent);
    }

    private static SequencedMap<String, Duration> ofThisProcess() {
        return new LinkedHashMap<>(Map.of("bench", of(ProcessHandle.current())));
    }

    private static Duration ofAll(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(CpuTime::of)
                .reduce(ofEnded(process), Duration::plus);
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What those children of a process spent that have ended: see proc(5), cutime and cstime. */
    private static Duration ofEnded(ProcessHandle parent) {
        try {
            var stat = Files.readString(Path.of("/proc/" + parent.pid() + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
            return Duration.ofMillis(ticks * MILLIS_PER_TICK);
        } catch (IOException elsewhere) {
            return Duration.ZERO;
        }
    }
}
