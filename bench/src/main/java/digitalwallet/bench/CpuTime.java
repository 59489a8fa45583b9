package digitalwallet.bench;

import digitalwallet.local.postgres.LocalPostgres;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time spent so far.
 *
 * @param client by this process
 * @param server by the wallet server, where there is one
 * @param database by PostgreSQL's processes that are still alive
 */
record CpuTime(Duration client, Duration server, Duration database) {

    static CpuTime now(LocalPostgres postgres, Optional<ProcessHandle> server) {
        var database =
                postgres.postmaster().stream()
                        .flatMap(
                                process -> Stream.concat(Stream.of(process), process.descendants()))
                        .distinct()
                        .map(CpuTime::of)
                        .reduce(Duration.ZERO, Duration::plus);
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
}
