package digitalwallet.ledger.fault;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.LedgerDatabase;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.posting.Guards;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database with room for few locks: batches shrink, and nothing fails. */
final class LockTableIT {

    private static final int COMMANDS = 4_000;
    private static final Map<String, String> TINY =
            Map.of("max_locks_per_transaction", "10", "max_connections", "20");

    @TempDir private Path folder;

    @Timeout(120)
    @ParameterizedTest
    @EnumSource
    void batches_shrink_when_the_lock_table_is_full(PostgresVersion version)
            throws SQLException, IOException, InterruptedException {
        var log = folder.resolve("postgres.log");
        var data = Files.createDirectory(folder.resolve("postgres"));
        try (var postgres = LocalPostgres.start(data, version, TINY, log)) {
            var books = EngineFixture.books(postgres);
            assertThat(new LedgerDatabase(books.address()).lockTableSize()).isEqualTo(200);
            // An engine that was told nothing of the small table.
            var blind =
                    new EngineSettings(
                            1,
                            4_000,
                            8_000,
                            20_000,
                            1 << 26,
                            new Guards(true, true, EngineFixture.DIGEST_KEY),
                            EngineFixture.LIMITS);
            try (var engine = books.engine(blind)) {
                var answers = new ArrayList<CompletableFuture<Outcome>>();
                for (int i = 0; i < COMMANDS; i++) {
                    var command = keyed(deposit("user-" + i, 1), "key-" + i);
                    answers.add(submit(engine, command));
                }
                answers.forEach(EngineFixture::posted);
            }
            assertThat(Files.readString(log)).contains("out of shared memory");
            assertThat(books.number("SELECT count(*) FROM transaction")).isEqualTo(COMMANDS);
            BooksInvariants.check(books);
        }
    }

    /** As callers do: again after a refusal, which a lane without a session gives. */
    private static CompletableFuture<Outcome> submit(PostingEngine engine, Command command)
            throws InterruptedException {
        while (true) {
            try {
                return engine.submit(command);
            } catch (EngineUnavailableException notNow) {
                Thread.sleep(10);
            }
        }
    }
}
