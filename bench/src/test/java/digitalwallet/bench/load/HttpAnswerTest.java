package digitalwallet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

    private static final String TEXT =
            "HTTP/1.1 201 \r\nIdempotency-Replayed: true\r\nContent-Length: 5\r\n\r\nhello";

    private final HttpAnswer answer = new HttpAnswer(1_000);

    private boolean receive(String part) {
        var bytes = part.getBytes(StandardCharsets.ISO_8859_1);
        answer.room().put(bytes);
        return answer.isCompleteWith(bytes.length);
    }

    @Test
    void an_answer_is_complete_with_its_last_byte_however_it_is_cut() {
        for (int cut = 1; cut < TEXT.length(); cut++) {
            assertThat(receive(TEXT.substring(0, cut))).isFalse();
            assertThat(receive(TEXT.substring(cut))).isTrue();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.isReplay()).isTrue();
            assertThat(answer.text()).isEqualTo(TEXT);
            answer.clear();
        }
    }

    @Test
    void an_answer_without_a_length_is_refused() {
        assertThatThrownBy(() -> receive("HTTP/1.1 200 \r\nServer: other\r\n\r\n"))
                .hasMessageContaining("without a length");
    }
}
