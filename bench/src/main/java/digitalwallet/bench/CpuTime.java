package digitalwallet.bench;

import digitalwallet.local.postgres.LocalPostgres;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time spent so far.
 *
 * @param client by this process
 * @param database by PostgreSQL's processes that are still alive
 */
record CpuTime(Duration client, Duration database) {

    static CpuTime now(LocalPostgres postgres) {
        var database =
                postgres.postmaster().stream()
                        .flatMap(
                                process -> Stream.concat(Stream.of(process), process.descendants()))
                        .distinct()
                        .map(CpuTime::of)
                        .reduce(Duration.ZERO, Duration::plus);
        return new CpuTime(of(ProcessHandle.current()), database);
    }

    /** Microseconds per operation in this process since then. */
    double clientMicros(CpuTime since, double operations) {
        return micros(client.minus(since.client), operations);
    }

    /** Microseconds per operation in the database since then. */
    double databaseMicros(CpuTime since, double operations) {
        return micros(database.minus(since.database), operations);
    }

    private static double micros(Duration spent, double operations) {
        return spent.toNanos() / 1_000.0 / operations;
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
