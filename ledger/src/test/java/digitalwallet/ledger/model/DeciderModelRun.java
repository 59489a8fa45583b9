package digitalwallet.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.ledger.scenario.MemoryBooks;
import digitalwallet.ledger.scenario.Translation;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random program in random batches on the Decider, over books in memory. */
final class DeciderModelRun {

    private static final int BATCH_UNITS_MAX = 12;

    private final ModelRun run;
    private final MemoryBooks books;
    private final Random random;
    private final int lanes;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    DeciderModelRun(BigDecimal amountMax, int lanes) {
        this.run = new ModelRun(ModelRun.seed(), "", amountMax);
        this.books = new MemoryBooks(new Limits(amountMax));
        this.random = new Random(run.seedUsed() + 1);
        this.lanes = lanes;
    }

    /** The first user puts this in so many times, in one batch. */
    void deposit(Money amount, int times) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < times; i++) {
            steps.add(run.firstDeposit(amount));
        }
        post(steps);
    }

    void goOn(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            var steps = new ArrayList<Step>();
            for (int i = random.nextInt(BATCH_UNITS_MAX); i >= 0; i--) {
                steps.add(run.next());
            }
            post(steps);
        }
    }

    /** Fails unless the books are those of the model and these outcomes were among the answers. */
    void end(List<String> outcomes) {
        books.check();
        run.sawAll(outcomes);
        run.model()
                .wallets()
                .forEach(
                        (wallet, balance) -> {
                            int slash = wallet.indexOf('/');
                            var currency = CurrencyCode.of(wallet.substring(slash + 1));
                            assertThat(books.balance(wallet.substring(0, slash), currency))
                                    .map(Money::toDecimal)
                                    .contains(balance.toPlainString());
                        });
    }

    private void post(List<Step> steps) {
        var units = new ArrayList<Unit>();
        for (var step : steps) {
            units.add(new Unit(step.commands()));
        }
        // Clocks of several instances differ, and jump.
        now = now.plusMillis(random.nextInt(2_000) - 900);
        var outcomes = books.post(units, 1 + random.nextInt(lanes), now);
        for (int i = 0; i < steps.size(); i++) {
            run.compare(steps.get(i), Translation.answer(outcomes.get(i)));
        }
    }
}
