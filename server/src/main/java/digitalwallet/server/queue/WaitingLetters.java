package digitalwallet.server.queue;

import digitalwallet.kafka.signature.RecordSeal.Verdict;
import digitalwallet.server.queue.DeadLetterBox.Heading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which letters were not retried. It is told of everything in the topic, in order. What it keeps is
 * bounded, however much is in the topic: the letters it will say, with some names of each, and the
 * newest of those that were retried. What has no seal can hide only what has none either.
 */
final class WaitingLetters {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** A message is kept twice when a server dies; more often it is not, unless somebody plays. */
    private static final int NAMES_MAX = 8;

    private final int lettersMax;
    private final int retriedMax;
    private final Map<Told, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Told> byName = new HashMap<>();
    private final SequencedSet<Told> done = new LinkedHashSet<>();
    private final List<Heading> forged = new ArrayList<>();
    private long omitted;

    /**
     * A message that a letter tells of, and whether the letter has a seal.
     *
     * @param place as a digest: what a letter without a seal says may be of any size
     */
    private record Told(String place, boolean sealed) {}

    /**
     * A letter that was not retried.
     *
     * @param names of it and of others about the same message, as marks name them
     */
    private record Waiting(Heading heading, Set<String> names) {}

    /**
     * For a topic.
     *
     * @param lettersMax how many it says
     * @param retriedMax of how many that were retried it knows that another letter about the same
     *     message needs no retry; beyond it the oldest are forgotten, and such a letter waits
     */
    WaitingLetters(int lettersMax, int retriedMax) {
        this.lettersMax = lettersMax;
        this.retriedMax = retriedMax;
    }

    void take(ConsumerRecord<byte[], byte[]> record, Verdict verdict) {
        var retried = retriedBy(record);
        if (verdict == Verdict.FORGED) {
            if (retried.isEmpty()) {
                takeForged(record);
            }
        } else if (retried.isPresent()) {
            takeMark(record, verdict, retried.get());
        } else {
            takeLetter(record, verdict);
        }
    }

    /** How many there are that it has no room for. */
    long omitted() {
        return omitted;
    }

    /** How many entries of any kind it keeps. */
    int entries() {
        return waiting.size() + byName.size() + done.size() + forged.size();
    }

    /** Oldest first, each once; also those that the wallet did not write. */
    List<Heading> headings() {
        var all = new ArrayList<Heading>();
        waiting.values().forEach(letter -> all.add(letter.heading()));
        all.addAll(forged);
        all.sort(Comparator.comparingLong(Heading::id));
        return List.copyOf(all);
    }

    /**
     * The letter that was retried, where the record is the mark that says so. Whoever may write to
     * the commands may give a message any headers: a letter with such a header is none.
     */
    static Optional<Long> retriedBy(ConsumerRecord<byte[], byte[]> record) {
        var id = LetterHeaders.text(record, LetterHeaders.RETRIED);
        return !LetterHeaders.has(record, LetterHeaders.REASON) && NUMBER.matcher(id).matches()
                ? Optional.of(Long.valueOf(id))
                : Optional.empty();
    }

    private void takeForged(ConsumerRecord<byte[], byte[]> record) {
        if (isFull()) {
            omitted++;
        } else {
            forged.add(Heading.of(record, Verdict.FORGED));
        }
    }

    private void takeMark(ConsumerRecord<byte[], byte[]> mark, Verdict verdict, long id) {
        var told =
                byName.get(
                        verdict == Verdict.AUTHENTIC
                                ? LetterHeaders.text(mark, LetterHeaders.LETTER)
                                : unsealed(id));
        var letter = told == null ? null : waiting.remove(told);
        if (told != null && letter != null) {
            byName.keySet().removeAll(letter.names());
            done.add(told);
            if (done.size() > retriedMax) {
                done.removeFirst();
            }
        }
    }

    /**
     * A message may be kept twice: a server that dies after it has kept the letter, but before it
     * has stored the queue position, meets the same message again.
     */
    private void takeLetter(ConsumerRecord<byte[], byte[]> letter, Verdict verdict) {
        boolean sealed = verdict == Verdict.AUTHENTIC;
        var told = new Told(Place.toldBy(letter).digest(), sealed);
        if (done.contains(told)) {
            return;
        }
        if (isFull() && !waiting.containsKey(told)) {
            omitted++;
            return;
        }
        var names =
                waiting.computeIfAbsent(
                                told,
                                _ -> new Waiting(Heading.of(letter, verdict), new HashSet<>()))
                        .names();
        if (names.size() < NAMES_MAX) {
            var name =
                    sealed
                            ? LetterHeaders.text(letter, LetterHeaders.SEAL)
                            : unsealed(letter.offset());
            names.add(name);
            byName.put(name, told);
        }
    }

    /** What a letter without a seal is called; no seal looks like that. */
    private static String unsealed(long id) {
        return "#" + id;
    }

    private boolean isFull() {
        return waiting.size() + forged.size() >= lettersMax;
    }
}
