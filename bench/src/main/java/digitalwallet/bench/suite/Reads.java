package digitalwallet.bench.suite;

import com.zaxxer.hikari.HikariDataSource;
import digitalwallet.bench.load.Books;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;

/** Reading from the books with connections that are kept, as the server does. */
record Reads(HikariDataSource dataSource) implements AutoCloseable {

    private static final int CONNECTIONS = 2;
    private static final int WARM_UP_TIMES = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    static Reads of(Books books) {
        var address = books.address();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        return new Reads(pool);
    }

    /** How many milliseconds the middle one of these calls takes, one after the other. */
    static double medianMillis(int times, Callable<?> call) throws Exception {
        for (int i = 0; i < Math.min(times, WARM_UP_TIMES); i++) {
            call.call();
        }
        var histogram = new Histogram(3);
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            call.call();
            histogram.recordValue(System.nanoTime() - start);
        }
        return histogram.getValueAtPercentile(50) / NANOS_PER_MILLI;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
