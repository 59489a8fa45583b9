package digitalwallet.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.kafka.LocalKafka;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A real broker, which may run as another user. */
class BrokerHeapIT {

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_broker_says_what_is_left_of_its_heap() throws IOException {
        var broker = ProcessHandle.of(LocalKafka.shared().processId()).orElseThrow();
        var heap = BrokerHeap.collected(broker);
        assertThat(heap.usedMebibytes()).isBetween(5.0, 256.0);
        assertThat(heap.residentMebibytes(broker))
                .isBetween(heap.usedMebibytes(), Usage.of(broker).mebibytes());
    }
}
