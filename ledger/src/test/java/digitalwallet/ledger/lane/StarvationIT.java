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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While lanes of two engines are full of commands on the same wallets, nobody waits for ever. */
class StarvationIT {

    private static final int USERS = 100;
    private static final int SATURATORS = 64;
    private static final int ROUNDS = 5;

    @ParameterizedTest
    @EnumSource
    void crossed_pairs_and_groups_complete_beside_saturated_lanes(PostgresVersion version) {
        try (var engines = TwoEngines.on(version, Guard.LOCKS_AND_VERSIONS)) {
            for (int i = 0; i < USERS; i++) {
                engines.post(deposit(user(i), 1_000_00));
            }
            var stopped = new AtomicBoolean();
            var moved = new AtomicLong();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var saturators = new ArrayList<CompletableFuture<Void>>();
                for (int i = 0; i < SATURATORS; i++) {
                    int engine = i;
                    saturators.add(
                            CompletableFuture.runAsync(
                                    () -> saturate(engines.engine(engine), stopped, moved),
                                    threads));
                }
                EngineFixture.until(() -> moved.get() > 1_000);
                for (int round = 0; round < ROUNDS; round++) {
                    long before = moved.get();
                    crossedPairs(engines);
                    groupsOfAll(engines);
                    // They did run beside load, not after it.
                    EngineFixture.until(() -> moved.get() > before + 100);
                }
                stopped.set(true);
                saturators.forEach(CompletableFuture::join);
            }
        }
    }

    private static void saturate(PostingEngine engine, AtomicBoolean stopped, AtomicLong moved) {
        var random = ThreadLocalRandom.current();
        while (!stopped.get()) {
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(USERS);
                int to = (from + 1 + random.nextInt(USERS - 1)) % USERS;
                answers.add(engine.submit(transfer(user(from), user(to), 1)));
            }
            answers.forEach(EngineFixture::await);
            moved.addAndGet(answers.size());
        }
    }

    private static void crossedPairs(TwoEngines engines) {
        var outcomes =
                engines.race(
                        20,
                        i -> {
                            int pair = i / 2 * 2;
                            return i % 2 == 0
                                    ? transfer(user(pair), user(pair + 1), 1)
                                    : transfer(user(pair + 1), user(pair), 1);
                        });
        assertThat(outcomes).allMatch(Outcome.Posted.class::isInstance);
    }

    private static void groupsOfAll(TwoEngines engines) {
        var outcomes = engines.raceTogether(4, StarvationIT::roundTrip);
        assertThat(outcomes).allMatch(GroupOutcome.Posted.class::isInstance);
    }

    /** A hundred transfers around all users. */
    private static List<Command> roundTrip(int start) {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < PostingEngine.GROUP_COMMANDS_MAX; i++) {
            int from = (start + i) % USERS;
            commands.add(transfer(user(from), user((from + 1) % USERS), 1));
        }
        return commands;
    }

    private static String user(int number) {
        return "user-" + number;
    }
}
