package digitalwallet.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a JVM and Linux say of a broker's heap, read. */
class BrokerHeapTest {

    private static final String TOLD =
            """
            4711:
             def new generation   total 78656K, used 24576K [0x00000000f0000000, 0x00000000f5550000, 0x00000000f5550000)
              eden space 69952K,  31% used [0x00000000f0000000, 0x00000000f15e8b10, 0x00000000f4450000)
              from space 8704K,  27% used [0x00000000f4cd0000, 0x00000000f4f2d0d0, 0x00000000f5550000)
             tenured generation   total 174784K, used 51200K [0x00000000f5550000, 0x0000000100000000, 0x0000000100000000)
              the  space 174784K,  29% used [0x00000000f5550000, 0x00000000f8750000, 0x0000000100000000)
             Metaspace       used 48000K, committed 48512K, reserved 1114112K
            """;

    @Test
    void its_generations_are_added_up_and_their_parts_are_not() throws IOException {
        var heap = BrokerHeap.told(TOLD);
        assertThat(heap.usedMebibytes()).isEqualTo(24 + 50);
        assertThat(heap.from()).isEqualTo(0xf000_0000L);
        assertThat(heap.to()).isEqualTo(0x1_0000_0000L);
    }

    @Test
    void only_the_mappings_of_the_heap_are_in_memory_for_it() throws IOException {
        var mappings =
                List.of(
                        "efff0000-f0000000 rw-p 00000000 00:00 0",
                        "Pss:                1024 kB",
                        "f0000000-f5550000 rw-p 00000000 00:00 0",
                        "Rss:               81920 kB",
                        "Pss:               81920 kB",
                        "Pss_Dirty:         81920 kB",
                        "f5550000-100000000 rw-p 00000000 00:00 0 [anon: heap]",
                        "Pss:               40960 kB",
                        "100000000-100ec0000 rw-p 00000000 00:00 0",
                        "Pss:               15104 kB");
        assertThat(BrokerHeap.told(TOLD).resident(mappings)).isEqualTo(120);
    }

    @Test
    void a_jvm_that_does_not_tell_is_no_empty_heap() {
        assertThatThrownBy(() -> BrokerHeap.told("4711:\njava.io.IOException: no such process"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such process");
    }
}
