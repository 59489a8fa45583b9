package digitalwallet.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.posting.Guards;
import digitalwallet.ledger.posting.KnownStates;
import digitalwallet.ledger.posting.PostingResult.Lost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** How many locks a batch may take, with a lock table that others fill. */
final class AdmissionTest {

    private static final int USUAL = 80;
    private static final int MANY = 10_000;

    private final EngineSettings settings =
            new EngineSettings(
                    1,
                    2_000,
                    USUAL,
                    20_000,
                    1 << 26,
                    new Guards(true, true, EngineFixture.DIGEST_KEY),
                    EngineFixture.LIMITS);
    private final Admission admission = admission();

    @Test
    void batches_shrink_while_there_is_no_room_and_grow_when_there_is_again() {
        assertThat(admission.locksMax()).isEqualTo(USUAL);
        assertThat(admission.shrink(lost(Lost.Reason.BROKEN))).isFalse();
        assertThat(admission.locksMax()).isEqualTo(USUAL);
        assertThat(admission.shrink(lost(Lost.Reason.NO_ROOM_FOR_LOCKS))).isTrue();
        assertThat(admission.locksMax()).isEqualTo(USUAL / 2);
        assertThat(admission.shrink(lost(Lost.Reason.NO_ROOM_FOR_LOCKS))).isTrue();
        assertThat(admission.shrink(lost(Lost.Reason.NO_ROOM_FOR_LOCKS))).isTrue();
        assertThat(admission.locksMax()).isEqualTo(10);
        assertThat(admission.shrink(lost(Lost.Reason.NO_ROOM_FOR_LOCKS))).isFalse();
        int grown = 0;
        int before = admission.locksMax();
        for (int batch = 0; batch < MANY; batch++) {
            int now = admission.locksMax();
            grown += now == before ? 0 : 1;
            assertThat(now).isIn(before, 2 * before);
            before = now;
        }
        assertThat(before).isEqualTo(USUAL);
        assertThat(grown).isEqualTo(3);
    }

    private static Lost lost(Lost.Reason reason) {
        return new Lost(reason, new SQLException("a test"));
    }

    private Admission admission() {
        var registry = new SimpleMeterRegistry();
        var metrics = new LaneMetrics(registry);
        var holders = new LockHolders();
        var lane =
                new Lane(
                        new DatabaseAddress("jdbc:postgresql://localhost/none", "nobody", ""),
                        settings,
                        InstantSource.system(),
                        metrics,
                        holders,
                        new KnownStates(1, registry),
                        _ -> {});
        return new Admission(lane, holders, metrics, settings);
    }
}
