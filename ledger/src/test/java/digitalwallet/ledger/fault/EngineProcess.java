package digitalwallet.ledger.fault;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.lane.EngineJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An engine under load in a process of its own, which can be stopped and continued. */
final class EngineProcess implements AutoCloseable {

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Starts a JVM whose engine has two lanes and whose clients never pause. */
    static EngineProcess start(DatabaseAddress books, Path log) {
        try {
            return new EngineProcess(EngineJvm.start(EngineProcess.class, "-Xmx128m", books, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the whole process still, as a swapping or suspended machine would. */
    void stop() {
        signal("STOP");
    }

    /** Lets a stopped process go on. */
    void goOn() {
        signal("CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets the process finish what its clients are at, check their history, and end. */
    int finish() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the engine's process does not end");
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process: moves money until its input ends, then holds the history against the books. */
    public static void main(String[] arguments) throws IOException {
        var address = EngineJvm.books(arguments);
        try (var engine = EngineJvm.engine(address)) {
            try (var clients = Clients.start("stopped", 32, engine)) {
                System.in.readAllBytes();
                clients.finishAndCheck(dataSource(address));
            }
        }
    }

    private static DataSource dataSource(DatabaseAddress address) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(address.url());
        dataSource.setUser(address.user());
        dataSource.setPassword(address.password());
        return dataSource;
    }
}
