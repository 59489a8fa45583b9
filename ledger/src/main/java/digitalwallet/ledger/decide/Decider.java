package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.UnitOutcome;
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
        var outcomes = new ArrayList<UnitOutcome>(units.size());
        for (var unit : units) {
            outcomes.add(decider.decide(unit));
        }
        return decider.books.decision(outcomes);
    }

    private UnitOutcome decide(Unit unit) {
        return unit.queued()
                ? new QueuedUnits(books, clerk, this).decide(unit.commands())
                : decide(unit.commands());
    }

    /** Decides commands whose caller waits for what becomes of them. */
    GroupOutcome decide(List<Command> commands) {
        return commands.size() == 1 ? decideOne(commands.getFirst()) : decideGroup(commands);
    }

    private GroupOutcome decideOne(Command command) {
        return switch (clerk.handle(books, command)) {
            case Outcome.Posted posted -> new GroupOutcome.Posted(List.of(posted));
            case Outcome.Refused refused -> new GroupOutcome.Failed(0, refused);
        };
    }

    /** All or nothing: decided on a scratch of its own, which is kept only when all are posted. */
    private GroupOutcome decideGroup(List<Command> commands) {
        var earlier = answerEarlier(commands);
        if (earlier != null) {
            return earlier;
        }
        var attempt = Scratch.over(books);
        var outcomes = new ArrayList<Outcome.Posted>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            switch (clerk.handle(attempt, commands.get(i))) {
                case Outcome.Posted posted -> outcomes.add(posted);
                case Outcome.Rejected rejected -> {
                    return reject(commands, i, rejected);
                }
                case Outcome.KeyReused reused -> {
                    return new GroupOutcome.Failed(i, reused);
                }
            }
        }
        attempt.merge(books);
        return new GroupOutcome.Posted(outcomes);
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
        return new GroupOutcome.Failed(index, rejected);
    }

    /**
     * The answer to a group any of whose keys is taken, or null when none is. A group is the same
     * request again only if all of it was posted, or if it failed at the same command.
     */
    private @Nullable GroupOutcome answerEarlier(List<Command> commands) {
        var replays = new ArrayList<Outcome.Posted>(commands.size());
        int firstTaken = -1;
        int rejectedAt = -1;
        Outcome.Rejected rejected = null;
        for (int i = 0; i < commands.size(); i++) {
            var key = commands.get(i).header().key();
            var taken = key == null ? null : books.takenKey(key);
            if (key == null || taken == null) {
                continue;
            }
            if (!taken.fingerprint().equals(key.fingerprint())) {
                return new GroupOutcome.Failed(i, new Outcome.KeyReused());
            }
            firstTaken = firstTaken < 0 ? i : firstTaken;
            switch (taken.outcome().withReplayed(true)) {
                case Outcome.Posted posted -> replays.add(posted);
                case Outcome.Rejected again -> {
                    rejected = again;
                    rejectedAt = i;
                }
            }
        }
        if (firstTaken < 0) {
            return null;
        }
        if (rejected != null) {
            return new GroupOutcome.Failed(rejectedAt, rejected);
        }
        return replays.size() == commands.size()
                ? new GroupOutcome.Posted(replays)
                : new GroupOutcome.Failed(firstTaken, new Outcome.KeyReused());
    }
}
