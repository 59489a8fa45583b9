package digitalwallet.server.queue;

import digitalwallet.kafka.signature.RecordSeal.Verdict;
import digitalwallet.server.queue.DeadLetterBox.Heading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which letters were not retried. It is told of everything in the topic, in order, and keeps no
 * more than it will say. What has no seal can hide only what has none either.
 */
final class WaitingLetters {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final int lettersMax;
    private final Map<Told, Heading> waiting = new LinkedHashMap<>();
    private final Set<Told> done = new HashSet<>();
    private final Map<String, Told> bySeal = new HashMap<>();
    private final Map<Long, Told> unsealed = new HashMap<>();
    private final List<Heading> forged = new ArrayList<>();
    private long omitted;

    /** A message that a letter tells of, and whether the letter has a seal. */
    private record Told(Place place, boolean sealed) {}

    WaitingLetters(int lettersMax) {
        this.lettersMax = lettersMax;
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

    /** Oldest first, each once; also those that the wallet did not write. */
    List<Heading> headings() {
        var all = new ArrayList<>(waiting.values());
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
                verdict == Verdict.AUTHENTIC
                        ? bySeal.get(LetterHeaders.text(mark, LetterHeaders.LETTER))
                        : unsealed.get(id);
        if (told != null) {
            waiting.remove(told);
            done.add(told);
        }
    }

    /**
     * A message may be kept twice: a server that dies after it has kept the letter, but before it
     * has stored the queue position, meets the same message again.
     */
    private void takeLetter(ConsumerRecord<byte[], byte[]> letter, Verdict verdict) {
        boolean sealed = verdict == Verdict.AUTHENTIC;
        var told = new Told(Place.toldBy(letter), sealed);
        if (done.contains(told)) {
            return;
        }
        if (isFull() && !waiting.containsKey(told)) {
            omitted++;
            return;
        }
        waiting.putIfAbsent(told, Heading.of(letter, verdict));
        if (sealed) {
            bySeal.put(LetterHeaders.text(letter, LetterHeaders.SEAL), told);
        } else {
            unsealed.put(letter.offset(), told);
        }
    }

    private boolean isFull() {
        return waiting.size() + forged.size() >= lettersMax;
    }
}
