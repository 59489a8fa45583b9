package digitalwallet.server.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.signature.RecordSeal.Verdict;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What waits in a topic of dead letters, and how much is kept to know it. */
final class WaitingLettersTest {

    private static final int LETTERS_MAX = 100;
    private static final int RETRIED_MAX = 50;
    private static final int ENTRIES_MAX = LETTERS_MAX * 9 + RETRIED_MAX;

    private final WaitingLetters letters = new WaitingLetters(LETTERS_MAX, RETRIED_MAX);

    @Test
    void letters_that_were_retried_leave_room_and_little_else() {
        for (int i = 0; i < 10_000; i++) {
            take(2L * i, Verdict.AUTHENTIC, letter(i, "seal-" + i));
            take(2L * i + 1, Verdict.AUTHENTIC, mark(2L * i, "seal-" + i));
            assertThat(letters.entries()).isLessThanOrEqualTo(ENTRIES_MAX);
        }
        assertThat(letters.headings()).isEmpty();
        assertThat(letters.omitted()).isZero();
    }

    @Test
    void many_letters_about_one_message_are_one_and_keep_little() {
        for (int i = 0; i < 10_000; i++) {
            take(i, Verdict.UNSIGNED, letter(7, ""));
        }
        assertThat(letters.headings()).hasSize(1);
        assertThat(letters.entries()).isLessThanOrEqualTo(ENTRIES_MAX);
    }

    @Test
    void what_there_is_no_room_for_is_counted_and_not_kept() {
        for (int i = 0; i < 10_000; i++) {
            take(i, i % 2 == 0 ? Verdict.UNSIGNED : Verdict.FORGED, letter(i, ""));
        }
        assertThat(letters.headings()).hasSize(LETTERS_MAX);
        assertThat(letters.omitted()).isEqualTo(10_000 - LETTERS_MAX);
        assertThat(letters.entries()).isLessThanOrEqualTo(ENTRIES_MAX);
    }

    @Test
    void a_second_letter_about_a_message_is_done_with_the_first_and_the_other_way_round() {
        take(0, Verdict.AUTHENTIC, letter(1, "a"));
        take(1, Verdict.AUTHENTIC, letter(1, "b"));
        take(2, Verdict.AUTHENTIC, letter(2, "c"));
        take(3, Verdict.AUTHENTIC, mark(1, "b"));
        take(4, Verdict.AUTHENTIC, letter(1, "d"));
        assertThat(letters.headings()).extracting(DeadLetterBox.Heading::id).containsExactly(2L);
    }

    @Test
    void what_has_no_seal_hides_only_what_has_none() {
        take(0, Verdict.AUTHENTIC, letter(1, "a"));
        take(1, Verdict.UNSIGNED, letter(1, ""));
        take(2, Verdict.UNSIGNED, mark(0, "a"));
        take(3, Verdict.UNSIGNED, mark(1, ""));
        assertThat(letters.headings()).extracting(DeadLetterBox.Heading::id).containsExactly(0L);
    }

    private void take(long offset, Verdict verdict, Map<String, String> headers) {
        var record =
                new ConsumerRecord<byte[], byte[]>(
                        "wallet.commands.dead", 0, offset, new byte[0], new byte[0]);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        letters.take(record, verdict);
    }

    private static Map<String, String> letter(int message, String seal) {
        return Map.of(
                LetterHeaders.REASON, "unknown_field",
                LetterHeaders.TOPIC, "wallet.commands",
                LetterHeaders.PARTITION, "0",
                LetterHeaders.OFFSET, Integer.toString(message),
                LetterHeaders.SEAL, seal);
    }

    private static Map<String, String> mark(long letter, String seal) {
        return Map.of(LetterHeaders.RETRIED, Long.toString(letter), LetterHeaders.LETTER, seal);
    }
}
