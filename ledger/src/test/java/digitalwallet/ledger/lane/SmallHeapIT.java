package digitalwallet.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with little memory, and many large commands while the database stands still. */
final class SmallHeapIT {

    private static final int COMMANDS = 5_000;
    private static final int LABELS = 38;
    private static final int LABEL = 1_000;

    @TempDir private Path folder;

    @Test
    void many_large_commands_are_refused_before_they_fill_the_heap() throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        var log = folder.resolve("log");
        Process process;
        try (var holder = books.superuserDataSource().getConnection()) {
            process = EngineJvm.start(SmallHeapIT.class, "-Xmx80m", books.address(), log);
            EngineFixture.until(() -> Files.readString(log).contains("all lanes serve\n"));
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE block IN SHARE MODE");
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            EngineFixture.until(
                    () -> Files.readString(log).contains("all is sent\n") || !process.isAlive());
            holder.rollback();
        }
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(books.number("SELECT count(*) FROM transaction")).isBetween(20L, COMMANDS / 2L);
        BooksInvariants.check(books);
    }

    /** The process: sends all it can once it is told to; each command has an end. */
    public static void main(String[] arguments) throws IOException {
        try (var engine = EngineJvm.engine(EngineJvm.books(arguments))) {
            EngineFixture.until(() -> engine.servingLanes() == 2);
            System.out.print("all lanes serve\n");
            System.out.flush();
            var _ = System.in.read();
            var waiting = new ArrayList<CompletableFuture<Outcome>>();
            int refused = 0;
            for (int i = 0; i < COMMANDS; i++) {
                try {
                    waiting.add(engine.submit(large(i)));
                } catch (EngineUnavailableException full) {
                    refused++;
                }
            }
            System.out.print("all is sent\n");
            System.out.flush();
            if (refused == 0) {
                throw new IllegalStateException("none was refused");
            }
            for (var answer : waiting) {
                // Posted, or refused because it waited in vain for too long.
                var _ = answer.handle((_, _) -> List.of()).join();
            }
        }
    }

    private static Command large(int number) {
        var labels = new TreeMap<String, String>();
        for (int i = 0; i < LABELS; i++) {
            labels.put("label-" + i, String.valueOf((char) ('a' + i % 26)).repeat(LABEL));
        }
        return EngineFixture.deposit("user-" + number, labels);
    }
}
