package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/** A shop with two servers of the wallet on one database, and callers of both. */
final class Shop implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LocalPostgres postgres;
    private final LocalIssuer issuer;
    private final List<WalletProcess> servers;
    private final Callers callers;
    private int servings;

    private Shop(
            LocalPostgres postgres,
            LocalIssuer issuer,
            List<WalletProcess> servers,
            Callers callers) {
        this.postgres = postgres;
        this.issuer = issuer;
        this.servers = servers;
        this.callers = callers;
    }

    /** Starts everything and waits until both servers serve. */
    static Shop open(Path folder) {
        var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
        var issuer = LocalIssuer.openOrCreate(folder);
        var ports = FreePort.several(2);
        var one = WalletProcess.start("one", folder, postgres, issuer, ports.get(0));
        var other = WalletProcess.start("other", folder, postgres, issuer, ports.get(1));
        one.awaitReady();
        other.awaitReady();
        return new Shop(
                postgres,
                issuer,
                List.of(one, other),
                Callers.start("call", CALLERS, issuer, List.of(one, other)));
    }

    LocalPostgres postgres() {
        return postgres;
    }

    List<WalletProcess> servers() {
        return servers;
    }

    /** How many calls have ended without an answer so far. */
    long faults() {
        return callers.history().faults();
    }

    /** Waits until this many more operations are answered. */
    void awaitAnswers(int more) {
        long wanted = callers.history().acknowledged() + more;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> callers.history().acknowledged() >= wanted || callers.areBroken());
    }

    /** Waits until callers have noticed. */
    void awaitFaultsBeyond(long faults) {
        Awaitility.await().atMost(PATIENCE).until(() -> faults() > faults);
    }

    /**
     * Makes sure that every user's account takes a deposit through this server, even if others have
     * locked it.
     */
    void everyUserIsServedBy(WalletProcess server) {
        var name = "served-" + ++servings;
        try (var callers = Callers.start(name, 0, issuer, List.of(server))) {
            for (int i = 0; i < Callers.USERS; i++) {
                callers.depositTo("user-" + i);
            }
            callers.finishAndCheck(dataSource());
        }
    }

    /** Ends the load; then the history, the invariants and the wallet's own check all agree. */
    void closeAndCheck() {
        callers.finishAndCheck(dataSource());
        BooksInvariants.check(EngineFixture.existing(postgres, LocalPostgres.DATABASE));
        assertThat(servers.getFirst().fullCheck(issuer)).contains("\"consistent\":true");
    }

    private PGSimpleDataSource dataSource() {
        return EngineFixture.existing(postgres, LocalPostgres.DATABASE).dataSource();
    }

    @Override
    public void close() {
        callers.close();
        servers.forEach(WalletProcess::close);
        postgres.close();
    }
}
