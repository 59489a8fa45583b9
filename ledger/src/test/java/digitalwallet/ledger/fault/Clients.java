package digitalwallet.ledger.fault;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.EngineUnavailableException;
import digitalwallet.ledger.lane.PostingEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;

/**
 * Threads that move money as callers do: each operation under a key of its own, repeated with the
 * same key after a fault until the books answer.
 */
final class Clients implements AutoCloseable {

    static final int USERS = 20;
    private static final int CALL_SECONDS_MAX = 10;
    private static final int OPERATION_SECONDS_MAX = 60;

    private final List<PostingEngine> engines;
    private final History history;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private Clients(String name, List<PostingEngine> engines) {
        history = new History(name);
        this.engines = engines;
    }

    /** Starts clients that call any of these engines. */
    static Clients start(int count, PostingEngine... engines) {
        return start("op", count, engines);
    }

    /** Starts clients whose operations have this name before their number. */
    static Clients start(String name, int count, PostingEngine... engines) {
        var clients = new Clients(name, List.of(engines));
        for (int i = 0; i < count; i++) {
            long seed = i;
            clients.threads.add(
                    Thread.ofVirtual()
                            .name("client-" + i)
                            .start(() -> clients.run(new Random(seed))));
        }
        return clients;
    }

    History history() {
        return history;
    }

    @Override
    public void close() {
        finish();
    }

    private void finish() {
        ended = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the clients and holds what they were told against the books. */
    void finishAndCheck(DataSource books) {
        finish();
        Assertions.assertThat(unexpected).as("what no fault of the database explains").isEmpty();
        HistoryCheck.check(history, books);
    }

    private void run(Random random) {
        try {
            while (!ended) {
                operate(random);
            }
        } catch (RuntimeException | Error e) {
            unexpected.add(e);
        }
    }

    private void operate(Random random) {
        var operation = history.begin();
        var mark = operation.mark();
        var from = "user-" + random.nextInt(USERS);
        var to = "user-" + random.nextInt(USERS);
        long cents = 1L + random.nextInt(1_000);
        int verb = random.nextInt(10);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPERATION_SECONDS_MAX);
        do {
            var engine = engines.get(random.nextInt(engines.size()));
            if (call(engine, command(verb, mark, from, to, cents), operation)) {
                return;
            }
            rest();
        } while (System.nanoTime() < deadline);
        throw new IllegalStateException(mark + " got no answer at all");
    }

    private static Command command(int verb, String mark, String from, String to, long cents) {
        var header =
                new Command.Header(
                        EngineFixture.newId(),
                        new Initiator(mark, "shop", "system"),
                        Details.NONE,
                        null,
                        null);
        var amount = EngineFixture.usd(cents);
        Command command =
                switch (verb) {
                    case 0, 1, 2 -> new Command.Deposit(header, from, amount);
                    case 3 -> new Command.Withdraw(header, from, amount);
                    default -> new Command.Transfer(header, from, to, amount);
                };
        return command.withKey(IdempotencyKey.of("shop", mark, command.fingerprint()));
    }

    private boolean call(PostingEngine engine, Command command, History.Operation operation) {
        try {
            var answer = engine.submit(command);
            var outcome = answer.orTimeout(CALL_SECONDS_MAX, TimeUnit.SECONDS).join();
            operation.answered(answer(command, outcome));
            return true;
        } catch (EngineUnavailableException | CompletionException | CancellationException fault) {
            requireFault(fault);
            operation.failed();
            return false;
        }
    }

    private void requireFault(RuntimeException fault) {
        var cause = fault instanceof CompletionException ? fault.getCause() : fault;
        if (cause instanceof IllegalStateException) {
            unexpected.add(cause);
        }
    }

    private static History.Answer answer(Command command, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted(var transaction, var balance, _, var replayed) -> {
                var wallet = AccountName.wallet(command.user(), EngineFixture.USD).id();
                var seen =
                        balance == null
                                ? null
                                : new History.Seen(
                                        wallet, balance.version(), balance.amount().minorUnits());
                yield new History.Answer(transaction.id(), true, seen, replayed);
            }
            case Outcome.Rejected(var transaction, var replayed) ->
                    new History.Answer(transaction.id(), false, null, replayed);
            case Outcome.KeyReused _ ->
                    throw new IllegalStateException("the key was taken by another request");
        };
    }

    private static void rest() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
