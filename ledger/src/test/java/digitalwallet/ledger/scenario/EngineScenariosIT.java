package digitalwallet.ledger.scenario;

import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.AmountLimits;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EngineScenariosIT {

    @TestFactory
    Stream<DynamicTest> scenarios_hold_on_postgresql_18() {
        return onTwoLanes(PostgresVersion.V18, settings());
    }

    @TestFactory
    Stream<DynamicTest> scenarios_hold_on_postgresql_15() {
        return onTwoLanes(PostgresVersion.V15, settings());
    }

    @TestFactory
    Stream<DynamicTest> scenarios_hold_without_advisory_locks() {
        return onTwoLanes(PostgresVersion.V18, settings().withoutAdvisoryLocks());
    }

    private static EngineSettings settings() {
        return EngineSettings.of(
                2, 100_000, EngineFixture.DIGEST_KEY, new Limits(AmountLimits.USUAL, false));
    }

    private static Stream<DynamicTest> onTwoLanes(
            PostgresVersion version, EngineSettings settings) {
        var books = EngineFixture.books(version);
        var engine = books.engine(settings);
        var wallets = new EngineWallets(books, engine);
        return Scenario.all().stream()
                .map(
                        scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.toString(),
                                        () -> ScenarioRunner.run(scenario, wallets)))
                .onClose(
                        () -> {
                            engine.close();
                            BooksInvariants.check(books);
                        });
    }
}
