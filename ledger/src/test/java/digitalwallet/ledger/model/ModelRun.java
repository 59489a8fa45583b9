package digitalwallet.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.scenario.Wallets.Answer;
import digitalwallet.ledger.scenario.Wallets.GroupAnswer;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A program under way: compares each answer with the model's. */
final class ModelRun {

    private static final String SEED = "wallet.test.seed";
    private static final int STEPS_TOLD = 12;

    /** Of several that apply, the facts tell one, and which is not promised. */
    private static final Set<String> FACTS_NOT_PROMISED =
            Set.of("rejected balance_not_zero", "rejected payout_in_transit");

    private final long seed;
    private final NaiveBooks model;
    private final RandomProgram program;
    private final Deque<String> told = new ArrayDeque<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private int steps;

    ModelRun(long seed, String scope, BigDecimal amountMax) {
        this.seed = seed;
        this.model = new NaiveBooks(amountMax);
        this.program = new RandomProgram(seed, scope, amountMax.movePointRight(2).longValueExact());
    }

    /** From {@code -Dwallet.test.seed}, otherwise another one in every run. */
    static long seed() {
        var given = System.getProperty(SEED);
        return given == null ? System.nanoTime() : Long.parseLong(given);
    }

    Step firstDeposit(Money amount) {
        return program.firstDeposit(amount);
    }

    Step next() {
        return program.next();
    }

    void compare(Step step, GroupAnswer actual) {
        var expected = model.expect(step);
        steps++;
        told.add("%n%d. %s%n   %s".formatted(steps, step, actual));
        if (told.size() > STEPS_TOLD) {
            told.remove();
        }
        assertThat(comparable(actual))
                .as("step %d of seed -D%s=%d; the last ones: %s", steps, SEED, seed, told)
                .isEqualTo(comparable(expected));
        actual.answers().forEach(a -> seen.merge(word(a), 1, Integer::sum));
    }

    /** Fails unless each of these outcomes came about at least once. */
    void sawAll(List<String> words) {
        assertThat(seen.keySet()).as("seen with seed %d: %s", seed, seen).containsAll(words);
    }

    NaiveBooks model() {
        return model;
    }

    long seedUsed() {
        return seed;
    }

    private static String word(Answer answer) {
        return (answer.replayed() ? "replayed " : "") + answer.word();
    }

    private static GroupAnswer comparable(GroupAnswer answer) {
        return new GroupAnswer(
                answer.answers().stream().map(ModelRun::comparable).toList(), answer.failedIndex());
    }

    private static Answer comparable(Answer answer) {
        return FACTS_NOT_PROMISED.contains(answer.word())
                ? new Answer(
                        answer.transactionId(), answer.word(), answer.replayed(), Map.of(), null)
                : answer;
    }
}
