package digitalwallet.bench.measure;

import digitalwallet.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time spent so far.
 *
 * @param client by this process
 * @param server by the wallet server, where there is one
 * @param database by PostgreSQL's processes; those that have ended are counted where the system
 *     tells (Linux)
 */
record CpuTime(Duration client, Duration server, Duration database) {

    private static final long MILLIS_PER_TICK = 10;

    static CpuTime now(LocalPostgres postgres, Optional<ProcessHandle> server) {
        var database =
                postgres.postmaster().stream()
                        .flatMap(
                                process -> Stream.concat(Stream.of(process), process.descendants()))
                        .distinct()
                        .map(CpuTime::of)
                        .reduce(Duration.ZERO, Duration::plus)
                        .plus(
                                postgres.postmaster().stream()
                                        .map(CpuTime::ofEnded)
                                        .reduce(Duration.ZERO, Duration::plus));
        return new CpuTime(
                of(ProcessHandle.current()),
                server.map(CpuTime::of).orElse(Duration.ZERO),
                database);
    }

    /** What was spent since then. */
    CpuTime minus(CpuTime since) {
        return new CpuTime(
                client.minus(since.client),
                server.minus(since.server),
                database.minus(since.database));
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
