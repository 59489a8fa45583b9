package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides a batch: each unit in order, each seeing the effects of those before it. */
public final class Decider {

    private final Scratch books;
    private final Clerk clerk;

    private Decider(Scratch books, Clerk clerk) {
        this.books = books;
        this.clerk = clerk;
    }

    /**
     * The rows the batch adds to the books, and the answers.
     *
     * @param view what the books say about everything the units name
     * @param lane whose stripe of the system accounts is used
     * @param now the time of all of it; truncated to the microseconds that the books keep
     */
    public static BatchDecision decide(
            BatchView view, List<Unit> units, int lane, Instant now, Limits limits) {
        var clerk = new Clerk(new Rules(limits, lane), now.truncatedTo(ChronoUnit.MICROS));
        var decider = new Decider(Scratch.over(view), clerk);
        var outcomes = new ArrayList<GroupOutcome>(units.size());
        for (var unit : units) {
            outcomes.add(decider.decide(unit));
        }
        return decider.books.decision(outcomes);
    }

    private GroupOutcome decide(Unit unit) {
        return unit.queued()
                ? new QueuedUnits(books, clerk, this).decide(unit.commands())
                : decide(unit.commands());
    }

    /** Decides commands whose caller waits for what becomes of them. */
    GroupOutcome decide(List<Command> commands) {
        return commands.size() == 1 ? decideOne(commands.getFirst()) : decideGroup(commands);
    }

    private GroupOutcome decideOne(Command command) {
        var outcome = clerk.handle(books, command);
        return outcome instanceof Outcome.Posted
                ? GroupOutcome.posted(List.of(outcome))
                : GroupOutcome.failed(0, outcome);
    }

    /** All or nothing: decided on a scratch of its own, which is kept only when all are posted. */
    private GroupOutcome decideGroup(List<Command> commands) {
        var earlier = answerEarlier(commands);
        if (earlier != null) {
            return earlier;
        }
        var attempt = Scratch.over(books);
        var outcomes = new ArrayList<Outcome>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            var outcome = clerk.handle(attempt, commands.get(i));
            switch (outcome) {
                case Outcome.Posted posted -> outcomes.add(posted);
                case Outcome.Rejected rejected -> {
                    return reject(commands, i, rejected);
                }
                case Outcome.KeyReused _, Outcome.IdTaken _ -> {
                    return GroupOutcome.failed(i, outcome);
                }
            }
        }
        attempt.merge(books);
        return GroupOutcome.posted(outcomes);
    }

    /** Of a rejected group the books remember the command that failed, and nothing else. */
    private GroupOutcome reject(List<Command> commands, int index, Outcome.Rejected rejected) {
        books.add(rejected.transaction());
        var failing = commands.get(index);
        var key = failing.header().key();
        if (key != null) {
            books.take(key, failing.id(), rejected);
        }
        var first = commands.getFirst().header().key();
        // One key of the caller covers the whole group when it means more than the command it is
        // on. The first command holds it, and it must not pass under another request any more.
        if (index > 0
                && key != null
                && first != null
                && first.fingerprint().equals(key.fingerprint())
                && !key.fingerprint().equals(failing.fingerprint())) {
            books.take(first, failing.id(), rejected);
        }
        return GroupOutcome.failed(index, rejected);
    }

    /**
     * The answer to a group any of whose keys is taken, or null when none is. A group is the same
     * request again only if all of it was posted, or if it failed at the same command.
     */
    private @Nullable GroupOutcome answerEarlier(List<Command> commands) {
        var replays = new ArrayList<Outcome>(commands.size());
        int firstTaken = -1;
        int rejectedAt = -1;
        Outcome rejected = null;
        for (int i = 0; i < commands.size(); i++) {
            var key = commands.get(i).header().key();
            var taken = key == null ? null : books.takenKey(key);
            if (key == null || taken == null) {
                continue;
            }
            if (!taken.fingerprint().equals(key.fingerprint())) {
                return GroupOutcome.failed(i, new Outcome.KeyReused());
            }
            firstTaken = firstTaken < 0 ? i : firstTaken;
            var replay = Clerk.replay(taken.outcome());
            if (replay instanceof Outcome.Rejected) {
                rejected = replay;
                rejectedAt = i;
            }
            replays.add(replay);
        }
        if (firstTaken < 0) {
            return null;
        }
        if (rejected != null) {
            return GroupOutcome.failed(rejectedAt, rejected);
        }
        return replays.size() == commands.size()
                ? GroupOutcome.posted(replays)
                : GroupOutcome.failed(firstTaken, new Outcome.KeyReused());
    }
}
