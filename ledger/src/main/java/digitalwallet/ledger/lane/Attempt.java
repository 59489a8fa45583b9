package digitalwallet.ledger.lane;

import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.posting.PostingResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * How one try went to post a chunk in one database transaction; it never changes afterwards. Tasks
 * of the chunk that are in neither list need nothing more: nobody waits for them, or another lane
 * has them.
 *
 * @param ran tasks that were admitted, locked and loaded: the result is about these
 * @param late tasks that must wait, because somebody else works on their accounts, or because they
 *     are behind a task that must wait
 * @param outcomes what the tasks that ran are told once it is committed; empty when the try ended
 *     before that was decided
 */
record Attempt(
        Chunk chunk,
        List<Task> ran,
        List<Task> late,
        List<UnitOutcome> outcomes,
        PostingResult result) {

    /**
     * Tasks that are to be posted together, in the order they came.
     *
     * @param insisting whether they wait for their locks instead of being put off
     * @param tries how often they have been tried together, this time included
     * @param timeOuts how often a statement took too long for them, alone or with others
     */
    record Chunk(List<Task> tasks, boolean insisting, int tries, int timeOuts) {

        /** After a time-out, which costs seconds, so many parts find the culprit in few steps. */
        private static final int PARTS = 32;

        /** Tasks that are put off when somebody else works on their accounts. */
        static Chunk of(List<Task> tasks) {
            return new Chunk(tasks, false, 1, 0);
        }

        /** Tasks that have been put off too often. */
        static Chunk insisting(List<Task> tasks) {
            return new Chunk(tasks, true, 1, 0);
        }

        /** What is left of it, to be tried once more. */
        Chunk again(List<Task> left) {
            return new Chunk(left, insisting, tries + 1, timeOuts);
        }

        /** What is left of it in two halves, each to be tried as if for the first time. */
        List<Chunk> halves(List<Task> left) {
            return parts(left, 2, timeOuts);
        }

        /** What is left of it after one more time-out: in many parts, or again as it is. */
        List<Chunk> slowParts(List<Task> left) {
            return parts(left, PARTS, timeOuts + 1);
        }

        private List<Chunk> parts(List<Task> left, int count, int slow) {
            var parts = new ArrayList<Chunk>();
            int size = Math.max(1, Math.ceilDiv(left.size(), count));
            for (int from = 0; from < left.size(); from += size) {
                int to = Math.min(left.size(), from + size);
                parts.add(new Chunk(left.subList(from, to), insisting, 1, slow));
            }
            return parts;
        }
    }

    /** A try that ended before anything was decided. */
    static Attempt undecided(Chunk chunk, List<Task> ran, List<Task> late, PostingResult result) {
        return new Attempt(chunk, ran, late, List.of(), result);
    }

    /** A try for which nothing was left to do. */
    static Attempt ofNothing(Chunk chunk, List<Task> late) {
        return undecided(chunk, List.of(), late, new PostingResult.Committed());
    }

    /** What ran and what is late, in the chunk's order. */
    List<Task> left() {
        if (late.isEmpty()) {
            return ran;
        }
        var left = new ArrayList<>(ran);
        left.addAll(late);
        return inOrder(left);
    }

    /** What is late, in the chunk's order. */
    List<Task> lateInOrder() {
        return late.size() < 2 ? late : inOrder(late);
    }

    private List<Task> inOrder(Collection<Task> tasks) {
        Set<Task> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(tasks);
        return chunk.tasks().stream().filter(wanted::contains).toList();
    }

    /**
     * Tells the receivers of the tasks that ran what became of them; only once that is committed.
     */
    void answer() {
        for (int i = 0; i < ran.size(); i++) {
            ran.get(i).receiver().settled(outcomes.get(i));
        }
    }
}
