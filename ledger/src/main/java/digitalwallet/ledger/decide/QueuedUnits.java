package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is different about units from a queue. A message may come again: then its commands are found
 * by their transaction ids, and nothing is done twice. And nobody waits: whoever asks later asks by
 * transaction id, so each command leaves a transaction, also where a waiting caller would only be
 * told something.
 */
final class QueuedUnits {

    private final Scratch books;
    private final Clerk clerk;
    private final Decider decider;

    QueuedUnits(Scratch books, Clerk clerk, Decider decider) {
        this.books = books;
        this.clerk = clerk;
        this.decider = decider;
    }

    GroupOutcome decide(List<Command> commands) {
        if (commands.isEmpty()) {
            return GroupOutcome.posted(List.of());
        }
        var earlier = earlier(commands);
        if (earlier != null) {
            return earlier;
        }
        var outcomes = new ArrayList<Outcome>(commands.size());
        if (commands.stream().anyMatch(this::isKeyTaken)) {
            var taken = commands.stream().filter(this::isKeyTaken).findFirst().orElseThrow();
            commands.forEach(command -> outcomes.add(refuse(command, taken.id())));
        } else {
            var decided = decider.decide(commands);
            for (int i = 0; i < commands.size(); i++) {
                outcomes.add(outcome(decided, i, commands));
            }
        }
        for (int i = 0; i < commands.size(); i++) {
            books.record(commands.get(i).id(), outcomes.get(i));
        }
        return together(outcomes);
    }

    /** What became of these commands when they came before; null when they did not. */
    private @Nullable GroupOutcome earlier(List<Command> commands) {
        var replays = new ArrayList<Outcome>(commands.size());
        for (var command : commands) {
            var recorded = recorded(command);
            if (recorded != null) {
                replays.add(recorded);
            }
        }
        if (replays.isEmpty()) {
            return null;
        }
        // All of a message is written at once: if only some ids are known, they are another's.
        boolean taken =
                replays.size() < commands.size()
                        || replays.stream().anyMatch(Outcome.IdTaken.class::isInstance);
        return taken ? GroupOutcome.failed(0, new Outcome.IdTaken()) : together(replays);
    }

    private @Nullable Outcome recorded(Command command) {
        var outcome = books.recorded(command.id());
        if (outcome == null) {
            var key = command.header().key();
            var taken = key == null ? null : books.takenKey(key);
            if (taken == null || !command.id().equals(transactionId(taken.outcome()))) {
                return null;
            }
            outcome = taken.outcome();
        }
        return switch (outcome) {
            case Outcome.Posted(var transaction, _, _) when transaction.isOf(command) ->
                    Clerk.replay(outcome);
            case Outcome.Rejected(var transaction, _) when transaction.isOf(command) ->
                    Clerk.replay(outcome);
            case Outcome.Posted _, Outcome.Rejected _, Outcome.KeyReused _, Outcome.IdTaken _ ->
                    new Outcome.IdTaken();
        };
    }

    private boolean isKeyTaken(Command command) {
        var key = command.header().key();
        return key != null && books.takenKey(key) != null;
    }

    /** Of commands that come together, one of whose keys at least is taken by another command. */
    private Outcome refuse(Command command, UUID first) {
        var key = command.header().key();
        var taken = key == null ? null : books.takenKey(key);
        if (key == null || taken == null) {
            return clerk.reject(books, command, new Rejection.GroupFailed(first));
        }
        var original = transactionId(taken.outcome());
        return clerk.reject(
                books,
                command,
                original != null && taken.fingerprint().equals(key.fingerprint())
                        ? new Rejection.Duplicate(original)
                        : new Rejection.IdempotencyKeyReused());
    }

    private Outcome outcome(GroupOutcome decided, int index, List<Command> commands) {
        if (decided.isPosted()) {
            return decided.outcomes().get(index);
        }
        var failing = commands.get(decided.failedIndex());
        return index == decided.failedIndex()
                ? decided.first()
                : clerk.reject(books, commands.get(index), new Rejection.GroupFailed(failing.id()));
    }

    private static GroupOutcome together(List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            boolean because =
                    outcomes.get(i) instanceof Outcome.Rejected(var transaction, _)
                            && !(transaction.rejection() instanceof Rejection.GroupFailed);
            if (because) {
                return GroupOutcome.failed(i, outcomes.get(i));
            }
        }
        return GroupOutcome.posted(outcomes);
    }

    private static @Nullable UUID transactionId(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted(var transaction, _, _) -> transaction.id();
            case Outcome.Rejected(var transaction, _) -> transaction.id();
            case Outcome.KeyReused _, Outcome.IdTaken _ -> null;
        };
    }
}
