package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.TwoEngines.Guard;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a user sends to one instance without waiting for answers is posted in that order: also when
 * commands are put off, change the lane, meet groups and another instance.
 */
class OrderIT {

    private static final int USERS = 60;
    private static final int COMMANDS = 100;
    private static final int GROUP_EVERY = 17;
    private static final String SHOP = "shop";

    @ParameterizedTest
    @EnumSource
    void commands_of_one_user_keep_their_order(PostgresVersion version) {
        try (var engines = TwoEngines.on(version, Guard.LOCKS_AND_VERSIONS)) {
            for (int i = 0; i < USERS; i++) {
                engines.post(deposit(user(i), 1_000_00));
            }
            engines.post(deposit(SHOP, 1));
            var answers = new HashMap<String, List<CompletableFuture<Outcome>>>();
            for (int round = 0; round < COMMANDS; round++) {
                for (int i = 0; i < USERS; i++) {
                    // Everybody of the other instance pays the same people.
                    var engine = engines.engine(i);
                    answers.computeIfAbsent(user(i), _ -> new ArrayList<>())
                            .add(
                                    round % GROUP_EVERY == 0
                                            ? engine.submitAtomically(group(i, round))
                                                    .thenApply(OrderIT::last)
                                            : engine.submit(command(i, round)));
                }
            }
            answers.values().forEach(OrderIT::assertOrdered);
        }
    }

    private static Command command(int number, int round) {
        return switch (round % 3) {
            case 0 -> deposit(user(number), 2);
            case 1 -> transfer(user(number), SHOP, 1);
            default -> transfer(user(number), user((number + round) % USERS), 1);
        };
    }

    private static List<Command> group(int number, int round) {
        return List.of(
                transfer(user(number), user((number + 1 + round) % USERS), 1),
                transfer(user(number), SHOP, 1));
    }

    private static Outcome last(GroupOutcome group) {
        return switch (group) {
            case GroupOutcome.Posted(var outcomes) -> outcomes.getLast();
            case GroupOutcome.Failed(_, var because) -> because;
        };
    }

    private static void assertOrdered(List<CompletableFuture<Outcome>> answers) {
        var versions =
                answers.stream()
                        .map(EngineFixture::await)
                        .map(outcome -> ((Outcome.Posted) outcome).balance())
                        .map(Outcome.Balance::version)
                        .toList();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    private static String user(int number) {
        return "user-" + number;
    }
}
