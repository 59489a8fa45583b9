package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.UnitOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is different about units from a queue. A message may come again: then its commands are found
 * by their transaction ids, and nothing is done twice. And nobody waits: a caller asks later, by
 * transaction id. So each command leaves a transaction, also where a waiting caller would only be
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

    UnitOutcome decide(List<Command> commands) {
        if (commands.isEmpty()) {
            return new GroupOutcome.Posted(List.of());
        }
        if (commands.stream().map(Command::id).distinct().count() < commands.size()) {
            // Each command leaves a transaction, and two cannot have the same id.
            return new UnitOutcome.IdTaken();
        }
        var earlier = earlier(commands);
        if (earlier != null) {
            return earlier;
        }
        var outcomes = new ArrayList<Outcome.Recorded>(commands.size());
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
    private @Nullable UnitOutcome earlier(List<Command> commands) {
        var replays = new ArrayList<Outcome.Recorded>(commands.size());
        boolean taken = false;
        for (var command : commands) {
            var recorded = recorded(command);
            if (recorded != null) {
                replays.add(recorded.withReplayed(true));
                taken |= !recorded.transaction().isOf(command);
            }
        }
        if (replays.isEmpty()) {
            return null;
        }
        // All of a message is written at once: if only some ids are known, they are another's.
        return taken || replays.size() < commands.size()
                ? new UnitOutcome.IdTaken()
                : together(replays);
    }

    /** What its transaction id stands for already; null when it is free. */
    private Outcome.@Nullable Recorded recorded(Command command) {
        var outcome = books.recorded(command.id());
        if (outcome != null) {
            return outcome;
        }
        var key = command.header().key();
        var taken = key == null ? null : books.takenKey(key);
        return taken != null && taken.outcome().transaction().id().equals(command.id())
                ? taken.outcome()
                : null;
    }

    private boolean isKeyTaken(Command command) {
        var key = command.header().key();
        return key != null && books.takenKey(key) != null;
    }

    /** Of commands that come together, one of whose keys at least is taken by another command. */
    private Outcome.Rejected refuse(Command command, UUID first) {
        var key = command.header().key();
        var taken = key == null ? null : books.takenKey(key);
        if (key == null || taken == null) {
            return clerk.reject(books, command, new Rejection.GroupFailed(first));
        }
        return clerk.reject(
                books,
                command,
                taken.fingerprint().equals(key.fingerprint())
                        ? new Rejection.Duplicate(taken.outcome().transaction().id())
                        : new Rejection.IdempotencyKeyReused());
    }

    private Outcome.Recorded outcome(GroupOutcome decided, int index, List<Command> commands) {
        var command = commands.get(index);
        return switch (decided) {
            case GroupOutcome.Posted(var outcomes) -> {
                var posted = outcomes.get(index);
                var original = posted.transaction().id();
                // It repeats another command of the same message: one of them is posted.
                yield original.equals(command.id())
                        ? posted
                        : clerk.reject(books, command, new Rejection.Duplicate(original));
            }
            case GroupOutcome.Failed(var failed, var because) when failed == index ->
                    switch (because) {
                        case Outcome.Rejected rejected -> rejected;
                        // By another command of the same message, which is not posted either.
                        case Outcome.KeyReused _ ->
                                clerk.reject(books, command, new Rejection.IdempotencyKeyReused());
                    };
            case GroupOutcome.Failed(var failed, _) ->
                    clerk.reject(
                            books, command, new Rejection.GroupFailed(commands.get(failed).id()));
        };
    }

    /**
     * Posted if all are; otherwise failed by the command that was rejected for a reason of its own.
     */
    private static GroupOutcome together(List<Outcome.Recorded> outcomes) {
        var posted = new ArrayList<Outcome.Posted>(outcomes.size());
        GroupOutcome.Failed failed = null;
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Posted each -> posted.add(each);
                case Outcome.Rejected each -> {
                    boolean forAnother = each.rejection() instanceof Rejection.GroupFailed;
                    if (failed == null || !forAnother) {
                        failed = new GroupOutcome.Failed(i, each);
                    }
                    if (!forAnother) {
                        return failed;
                    }
                }
            }
        }
        return failed == null ? new GroupOutcome.Posted(posted) : failed;
    }
}
