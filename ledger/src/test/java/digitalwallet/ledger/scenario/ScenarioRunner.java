package digitalwallet.ledger.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.scenario.Scenario.Line;
import digitalwallet.ledger.scenario.Wallets.Answer;
import digitalwallet.ledger.scenario.Wallets.Request;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario line by line.
 *
 * <pre>
 *   [NAME:] REQUEST [=> EXPECTATION]        without one it must be posted
 *   together [key KEY]                      then requests, then:
 *   end [=> [#NUMBER] EXPECTATION]          which one failed, from 1
 *   USER has AMOUNT [CURRENCY]
 *   USER has no CURRENCY
 *
 *   EXPECTATION: [replayed] posted [balance AMOUNT] | [replayed] rejected CODE [FACT VALUE]…
 *                | key reused
 * </pre>
 */
public final class ScenarioRunner {

    private final Scenario scenario;
    private final Wallets wallets;
    private final Map<String, UUID> names = new HashMap<>();
    private final RequestReader requests;

    private @Nullable List<Request> group;
    private @Nullable String groupKey;

    private ScenarioRunner(Scenario scenario, Wallets wallets) {
        this.scenario = scenario;
        this.wallets = wallets;
        this.requests = new RequestReader(scenario.scope(), names);
    }

    /** Runs it; an assertion error names the line that came out differently. */
    public static void run(Scenario scenario, Wallets wallets) {
        var runner = new ScenarioRunner(scenario, wallets);
        for (var line : scenario.lines()) {
            runner.run(line);
        }
        assertThat(runner.group).as("a group without its end in %s", scenario).isNull();
    }

    private void run(Line line) {
        var where =
                "scenarios/%s.txt:%d: %s"
                        .formatted(scenario.file(), line.number(), line.text().strip());
        try {
            interpret(where, line.text().strip());
        } catch (IllegalArgumentException e) {
            throw new AssertionError(where + ": " + e.getMessage(), e);
        }
    }

    private void interpret(String where, String text) {
        var halves = List.of(text.split("=>", 2));
        var expected = halves.size() == 2 ? halves.get(1).strip() : "posted";
        var words = new Words(halves.getFirst());
        if (words.skip("together")) {
            group = new ArrayList<>();
            groupKey = words.skip("key") ? scenario.scope() + words.next() : null;
            words.end();
        } else if (words.skip("end")) {
            words.end();
            endGroup(where, expected);
        } else if (group != null) {
            group.add(request(words));
        } else if (halves.getFirst().contains(" has ")) {
            compareBalance(where, words);
        } else {
            runOne(where, halves.getFirst().strip(), expected);
        }
    }

    private void runOne(String where, String text, String expected) {
        int colon = text.indexOf(": ");
        var answer = wallets.send(request(new Words(text.substring(colon < 0 ? 0 : colon + 2))));
        if (colon >= 0 && answer.transactionId() != null) {
            names.put(text.substring(0, colon), answer.transactionId());
        }
        compare(where, answer, new Words(expected));
    }

    private Request request(Words words) {
        var request = requests.read(words);
        words.end();
        return request;
    }

    private void endGroup(String where, String expected) {
        var together = group;
        assertThat(together).as(where).isNotNull();
        var answer = wallets.sendTogether(List.copyOf(together), groupKey);
        group = null;
        groupKey = null;
        if (!expected.startsWith("#")) {
            assertThat(answer.failedIndex()).as("%s%n%s", where, answer).isEqualTo(-1);
            assertThat(answer.answers()).as(where).hasSameSizeAs(together);
            answer.answers().forEach(one -> compare(where, one, new Words(expected)));
            return;
        }
        var words = new Words(expected);
        int number = Integer.parseInt(words.next().substring(1));
        assertThat(answer.failedIndex() + 1).as("%s%n%s", where, answer).isEqualTo(number);
        assertThat(answer.answers()).as(where).hasSize(1);
        compare(where, answer.answers().getFirst(), words);
    }

    private void compareBalance(String where, Words words) {
        var user = scenario.scope() + words.next();
        words.expect("has");
        if (words.skip("no")) {
            assertThat(wallets.balance(user, RequestReader.currency(words))).as(where).isEmpty();
        } else {
            var text = words.next();
            var currency = RequestReader.currency(words);
            assertThat(wallets.balance(user, currency).map(Money::toDecimal))
                    .as(where)
                    .contains(text);
        }
        words.end();
    }

    private void compare(String where, Answer answer, Words expected) {
        var description = "%s%n%s".formatted(where, answer);
        assertThat(answer.replayed())
                .as("whether it was replayed: %s", description)
                .isEqualTo(expected.skip("replayed"));
        if (expected.skip("posted")) {
            assertThat(answer.word()).as(description).isEqualTo("posted");
            if (expected.skip("balance")) {
                assertThat(answer.balance()).as(description).isEqualTo(expected.next());
            }
        } else {
            var word = expected.next() + " " + expected.next();
            assertThat(answer.word()).as(description).isEqualTo(word);
            while (!expected.isEmpty()) {
                var fact = expected.next();
                var value = fact.equals("user_id") ? scenario.scope() : "";
                assertThat(answer.facts())
                        .as(description)
                        .containsEntry(fact, value + expected.next());
            }
        }
        expected.end();
    }
}
