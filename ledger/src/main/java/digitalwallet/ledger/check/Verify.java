package digitalwallet.ledger.check;

import java.io.PrintStream;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Checks all the books and says in one line whether they are sound. Needs nothing but the right to
 * read; what it prints goes to people and scripts.
 */
public final class Verify {

    private static final int SOUND = 0;
    private static final int ALTERED = 1;
    private static final int COULD_NOT_CHECK = 2;
    private static final int PERCENT = 100;

    private Verify() {}

    /**
     * Exits with 0 when the books are sound, 1 when they were altered, 2 when they could not be
     * checked. The database is named by WALLET_DATABASE_URL, _USER and _PASSWORD.
     */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err));
    }

    static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
        var url = environment.get("WALLET_DATABASE_URL");
        if (url == null || url.isEmpty()) {
            out.println("could not check: WALLET_DATABASE_URL is not set");
            return COULD_NOT_CHECK;
        }
        try {
            var report =
                    new BooksCheck(dataSource(url, environment), null).full(progress(err), false);
            for (var check : report.checks()) {
                check.violations().forEach(v -> err.println(check.name() + ": " + v));
            }
            out.println(line(report));
            return report.consistent() ? SOUND : ALTERED;
        } catch (RuntimeException e) {
            out.println("could not check: " + e.getMessage());
            return COULD_NOT_CHECK;
        }
    }

    private static String line(CheckReport report) {
        var full = report.lastFullCheck();
        long entries = full == null ? 0 : full.entries();
        var violation = report.firstViolation();
        return violation == null
                ? "the books are sound: %d entries examined".formatted(entries)
                : "the books were altered: " + violation;
    }

    private static BooksCheck.Progress progress(PrintStream err) {
        return (done, all) -> {
            int percent = PERCENT * done / all;
            if (percent / 10 != PERCENT * (done - 1) / all / 10) {
                err.println("checked " + percent + " %");
            }
        };
    }

    private static PGSimpleDataSource dataSource(String url, Map<String, String> environment) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        var user = environment.get("WALLET_DATABASE_USER");
        if (user != null) {
            dataSource.setUser(user);
        }
        var password = environment.get("WALLET_DATABASE_PASSWORD");
        if (password != null) {
            dataSource.setPassword(password);
        }
        dataSource.setApplicationName("wallet verify");
        dataSource.setLogServerErrorDetail(false);
        return dataSource;
    }
}
