package digitalwallet.ledger.scenario;

import digitalwallet.ledger.lane.BooksInvariants;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineSettings;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EngineScenariosIT {

    @TestFactory
    Stream<DynamicTest> scenarios_hold_on_postgresql_18() {
        return onTwoLanes(PostgresVersion.V18, EngineFixture.settings(2));
    }

    @TestFactory
    Stream<DynamicTest> scenarios_hold_on_postgresql_15() {
        return onTwoLanes(PostgresVersion.V15, EngineFixture.settings(2));
    }

    @TestFactory
    Stream<DynamicTest> scenarios_hold_without_advisory_locks() {
        return onTwoLanes(PostgresVersion.V18, EngineFixture.settings(2).withoutAdvisoryLocks());
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
