package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PostedBlock;
import digitalwallet.ledger.database.DatabaseAddress;
import digitalwallet.ledger.database.QueuePosition;
import digitalwallet.ledger.decide.UniqueReference;
import digitalwallet.ledger.posting.KnownStates;
import digitalwallet.ledger.posting.UnitPlan;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Posts commands. Any instance may post to any account; there is no leader. Correctness rests on
 * the database's constraints; the locks and queues here only save work.
 */
public final class PostingEngine implements AutoCloseable {

    /** Commands of one atomic group: it runs as one unit and cannot be split. */
    public static final int GROUP_COMMANDS_MAX = 100;

    private static final int SHORT_QUEUE = 300;
    private static final long STUCK_WEIGHT = Integer.MAX_VALUE;
    private static final int KNOWN_ACCOUNTS_MAX = 200_000;
    private static final int FEED_BATCHES = 2;

    private final EngineSettings settings;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Routes routes;
    private final LockHolders holders = new LockHolders();
    private final Room room = new Room();
    private final LaneMetrics metrics;

    private PostingEngine(EngineSettings settings, LaneMetrics metrics) {
        this.metrics = metrics;
        this.settings = settings;
        routes = new Routes(settings.userMax());
    }

    /**
     * Starts the lanes; they connect in the background and take commands once one of them serves.
     *
     * @param address connects as the server's role
     * @param clock the time of transactions
     * @param posted is given each block once it is durable, on the lane's thread: must not wait
     */
    public static PostingEngine start(
            EngineSettings settings,
            DatabaseAddress address,
            InstantSource clock,
            Consumer<PostedBlock> posted,
            MeterRegistry registry) {
        var metrics = new LaneMetrics(registry);
        var engine = new PostingEngine(settings, metrics);
        var known = new KnownStates(KNOWN_ACCOUNTS_MAX, registry);
        for (int i = 0; i < settings.lanes(); i++) {
            engine.lanes.add(
                    new Lane(address, settings, clock, metrics, engine.holders, known, posted));
        }
        Gauge.builder("wallet_lanes_serving", engine, PostingEngine::servingLanes)
                .description("Lanes that take commands")
                .register(registry);
        Gauge.builder("wallet_lanes_stuck", engine, PostingEngine::stuckLanes)
                .description("Lanes that have waited for the database for long")
                .register(registry);
        metrics.room(engine.room, settings.queueBytesMax());
        for (var lane : engine.lanes) {
            engine.threads.add(
                    Thread.ofPlatform().name("lane-" + engine.threads.size()).start(lane));
        }
        return engine;
    }

    /**
     * Posts one command.
     *
     * @return its outcome once it is committed; fails with {@link EngineUnavailableException} when
     *     it was not run. A caller that gives up cancels it: then it is never run later
     * @throws EngineUnavailableException when the queue is full or no lane serves
     */
    public CompletableFuture<Outcome> submit(Command command) {
        var group = enter(UnitPlan.of(List.of(command), unique()));
        var outcome = group.thenApply(GroupOutcome::first);
        var _ =
                outcome.whenComplete(
                        (_, _) -> {
                            if (outcome.isCancelled()) {
                                group.cancel(false);
                            }
                        });
        return outcome;
    }

    /**
     * Posts commands together: all of them or none, in this order. What comes before and after them
     * keeps its order only for the user of the first command.
     *
     * @param commands from 1 to {@link #GROUP_COMMANDS_MAX}
     * @throws EngineUnavailableException as {@link #submit}
     */
    public CompletableFuture<GroupOutcome> submitAtomically(List<Command> commands) {
        if (commands.isEmpty() || commands.size() > GROUP_COMMANDS_MAX) {
            throw new IllegalArgumentException("a group has 1 to 100 commands");
        }
        return enter(UnitPlan.of(commands, unique()));
    }

    /**
     * Opens a partition of a queue at the position that the books say. At most one feed of a
     * partition is open in an instance.
     *
     * @param topicId the topic's id; another topic of the same name has another id
     * @param position as the books said
     * @param settled is told what becomes of each unit, on the lane's thread
     */
    public Feed open(
            UUID topicId, int partition, QueuePosition position, Consumer<GroupOutcome> settled) {
        return open(new Partition(topicId, partition, position, new Faults(true), settled));
    }

    /** The same after a feed of the partition has stalled: no message is to blame at first. */
    public Feed openStalled(
            UUID topicId, int partition, QueuePosition position, Consumer<GroupOutcome> settled) {
        return open(new Partition(topicId, partition, position, new Faults(false), settled));
    }

    private Feed open(Partition partition) {
        var lane = lanes.get(partition.number() % lanes.size());
        return new Feed(new FeedEntrance(lane, room, feedRoomMax(), unique()), partition);
    }

    private Set<UniqueReference> unique() {
        return settings.limits().unique();
    }

    /** How many lanes take commands now. */
    public int servingLanes() {
        return (int) lanes.stream().filter(lane -> lane.state() == Lane.State.SERVING).count();
    }

    private int stuckLanes() {
        long now = System.nanoTime();
        return (int) lanes.stream().filter(lane -> lane.isStuck(now)).count();
    }

    /** Takes no more commands, finishes those that wait, and gives the lanes back. */
    @Override
    public void close() {
        room.close();
        lanes.forEach(Lane::stop);
        boolean interrupted = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<GroupOutcome> enter(UnitPlan plan) {
        var load = Room.Load.of(plan);
        // What is larger than all of the memory goes alone.
        long bytesMax = Math.max(settings.queueBytesMax(), load.bytes());
        var entry = room.take(load, new Room.Load(settings.queueLengthMax(), bytesMax));
        if (entry != Room.Entry.TAKEN) {
            metrics.noRoom(entry);
            throw new EngineUnavailableException(
                    entry == Room.Entry.CLOSED
                            ? "the wallet is shutting down"
                            : "the queue is full");
        }
        try {
            var route = routes.enter(plan.user(), load, () -> laneFor(plan));
            var answer = new CompletableFuture<GroupOutcome>();
            var _ =
                    answer.whenComplete(
                            (_, _) -> {
                                room.free(load);
                                routes.leave(plan.user(), load);
                            });
            route.entry().enqueue(new Task(plan, route, new Receiver.Caller(answer)));
            return answer;
        } catch (EngineUnavailableException nowhere) {
            room.free(load);
            if (nowhere.reason() == EngineUnavailableException.Reason.USER) {
                metrics.noRoomForUser();
            }
            throw nowhere;
        }
    }

    /** How much of the room queued commands may take; they leave some for callers who wait. */
    private Room.Load feedRoomMax() {
        int batches = FEED_BATCHES * settings.lanes() * settings.batchCommandsMax();
        return new Room.Load(
                Math.min(settings.queueLengthMax() / 2, batches), settings.queueBytesMax() / 2);
    }

    /**
     * The serving lane for a unit: one that works on an account of the unit already; or else the
     * first one with a short queue that is not stuck, because one large batch costs less than two
     * small ones; or else the one with the shortest queue, if it can be one that is not stuck.
     */
    private Lane laneFor(UnitPlan plan) {
        for (long lock : plan.locks()) {
            var holder = holders.of(lock);
            if (holder != null && holder.state() == Lane.State.SERVING) {
                return holder;
            }
        }
        return leastBusyLane();
    }

    private Lane leastBusyLane() {
        Lane best = null;
        long shortest = Long.MAX_VALUE;
        long now = System.nanoTime();
        for (var lane : lanes) {
            if (lane.state() != Lane.State.SERVING) {
                continue;
            }
            boolean isStuck = lane.isStuck(now);
            if (!isStuck && lane.waiting() < SHORT_QUEUE) {
                return lane;
            }
            long waiting = lane.waiting() + (isStuck ? STUCK_WEIGHT : 0);
            if (waiting < shortest) {
                best = lane;
                shortest = waiting;
            }
        }
        if (best == null) {
            throw new EngineUnavailableException("the database is unavailable");
        }
        return best;
    }
}
