package digitalwallet.ledger.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the lanes count. */
final class LaneMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary batchCommands;
    private final DistributionSummary roundTrips;
    private final Counter deferrals;
    private final Counter handOvers;
    private final Counter insisted;
    private final Counter inDoubt;
    private final Counter overtaken;
    private final Counter noRoom;
    private final Counter noMemory;
    private final Counter noRoomForUser;
    private final Timer batchTime;

    LaneMetrics(MeterRegistry registry) {
        this.registry = registry;
        batchCommands =
                DistributionSummary.builder("wallet_lane_batch_commands")
                        .description("Commands committed per batch")
                        .publishPercentileHistogram(false)
                        .register(registry);
        roundTrips =
                DistributionSummary.builder("wallet_lane_round_trips")
                        .description("Times a lane waited for the database per batch")
                        .register(registry);
        batchTime =
                Timer.builder("wallet_lane_batch_seconds")
                        .description("From the begin of a batch to its answers")
                        .register(registry);
        deferrals = counter("wallet_lane_deferrals", "Units put off because of a held lock");
        handOvers =
                counter("wallet_lane_hand_overs", "Units handed to the lane that holds the lock");
        insisted = counter("wallet_lane_insisted", "Units that waited for locks after deferrals");
        overtaken =
                counter(
                        "wallet_lane_overtaken",
                        "Batches refused because another consumer processes their partition");
        noRoom = refused("queue");
        noMemory = refused("bytes");
        noRoomForUser = refused("user");
        inDoubt = counter("wallet_lane_in_doubt", "Commits whose answer was lost");
    }

    /** Shows how much of the room is taken. */
    void room(Room room, long bytesMax) {
        Gauge.builder("wallet_queue_length", room, Room::commands)
                .description("Commands that wait or run")
                .register(registry);
        Gauge.builder("wallet_queue_bytes", room, Room::bytes)
                .description("About how much memory the commands that wait or run take")
                .register(registry);
        Gauge.builder("wallet_queue_bytes_max", () -> bytesMax)
                .description("How much they may take before more are refused")
                .register(registry);
    }

    void committed(int commands, int batchRoundTrips, long nanos) {
        batchCommands.record(commands);
        roundTrips.record(batchRoundTrips);
        batchTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    void deferred() {
        deferrals.increment();
    }

    void handedOver() {
        handOvers.increment();
    }

    void insisted(int units) {
        insisted.increment(units);
    }

    void inDoubt() {
        inDoubt.increment();
    }

    void overtaken() {
        overtaken.increment();
    }

    /** Counts commands that came when the queue was full. */
    void noRoom(Room.Entry entry) {
        switch (entry) {
            case TOO_MANY -> noRoom.increment();
            case TOO_LARGE -> noMemory.increment();
            case TAKEN, CLOSED -> {}
        }
    }

    /** Counts commands that came when their user had as many waiting as one may. */
    void noRoomForUser() {
        noRoomForUser.increment();
    }

    /** Counts that a batch is decided again because of this SQL state. */
    void retried(String sqlState) {
        registry.counter("wallet_lane_retries", "sql_state", sqlState).increment();
    }

    private Counter refused(String full) {
        return Counter.builder("wallet_queue_refused")
                .description(
                        "Requests refused because of the commands that wait: too many, too large,"
                                + " or of one user")
                .tag("full", full)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
