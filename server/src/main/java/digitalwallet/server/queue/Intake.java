package digitalwallet.server.queue;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.lane.Feed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition that this instance consumes: its messages on their way into the engine, in order,
 * none skipped. Used by the consumer's thread only.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int UNFINISHED_MAX = 20_000;
    // While nothing is known to be posted, a message that fails waits so long for one that is.
    private static final long HOLD_NANOS = Duration.ofSeconds(2).toNanos();

    private final TopicPartition partition;
    private final UUID topicId;
    private final Feed feed;
    private final Function<ConsumerRecord<byte[], byte[]>, List<List<Command>>> reader;
    private final DeadLetters deadLetters;
    // Messages fetched and not yet given to the feed; messages given to it and not yet finished.
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> given = new ArrayDeque<>();
    // What both take in memory, of which all partitions together have so much.
    private final HeldBytes held;
    private long bytes;
    private Feed.@Nullable Refusal refusal;
    // What the first message that waits asks for, read once: there may be no room for it for long.
    private @Nullable List<List<Command>> next;
    private @Nullable Long heldSince;

    /**
     * An intake that goes on where the feed does.
     *
     * @param reader makes units of commands of a message, or throws a MalformedCommandException
     */
    Intake(
            TopicPartition partition,
            UUID topicId,
            Feed feed,
            Function<ConsumerRecord<byte[], byte[]>, List<List<Command>>> reader,
            DeadLetters deadLetters,
            HeldBytes held) {
        this.partition = partition;
        this.topicId = topicId;
        this.feed = feed;
        this.reader = reader;
        this.deadLetters = deadLetters;
        this.held = held;
    }

    TopicPartition partition() {
        return partition;
    }

    UUID topicId() {
        return topicId;
    }

    /** Takes what was fetched. */
    void add(List<ConsumerRecord<byte[], byte[]>> messages) {
        waiting.addAll(messages);
        messages.forEach(message -> hold(HeldBytes.of(message)));
    }

    /**
     * Gives the engine what it has room for.
     *
     * @return whether anything was given
     */
    boolean work() {
        forgetFinished();
        keepRefused();
        heldSince = feed.isHolding() ? earlier(heldSince) : null;
        int before = given.size();
        while (!waiting.isEmpty() && given.size() < UNFINISHED_MAX && give(waiting.peek())) {
            given.add(waiting.remove());
        }
        return given.size() > before;
    }

    /** Whether nothing of it is under way. */
    boolean isIdle() {
        return waiting.isEmpty() && given.isEmpty();
    }

    /** Messages that are fetched and not processed. */
    int unfinished() {
        return waiting.size() + given.size();
    }

    /** Whether more should be fetched. */
    boolean isHungry() {
        return waiting.isEmpty() && (given.isEmpty() || held.hasRoom());
    }

    /** Whether it does nothing more and must be opened again. */
    boolean isBroken() {
        return feed.isBroken() || isHeldForLong();
    }

    /** Whether it is broken because its messages cannot be posted, and none is to blame. */
    boolean isStalled() {
        return feed.isStalled() || isHeldForLong();
    }

    /** Whether messages are posted, as far as is known. */
    boolean isProven() {
        return feed.isProven();
    }

    /** The offset of the first message that is not processed. */
    long position() {
        return feed.position();
    }

    void close() {
        feed.close();
        hold(-bytes);
    }

    private void hold(long by) {
        bytes += by;
        held.change(by);
    }

    private boolean isHeldForLong() {
        return heldSince != null && System.nanoTime() - heldSince > HOLD_NANOS;
    }

    private static Long earlier(@Nullable Long since) {
        return since == null ? Long.valueOf(System.nanoTime()) : since;
    }

    private boolean give(ConsumerRecord<byte[], byte[]> message) {
        next = next == null ? read(message) : next;
        if (next == null || !feed.offer(message.offset(), next)) {
            return false;
        }
        next = null;
        return true;
    }

    /**
     * What a message asks for: nothing when it has become a dead letter, null when it could not
     * become one. A message that the reader fails on, for any reason, must not block the others.
     */
    private @Nullable List<List<Command>> read(ConsumerRecord<byte[], byte[]> message) {
        try {
            return reader.apply(message);
        } catch (MalformedCommandException e) {
            return keep(message, e.reason(), e.detail());
        } catch (RuntimeException e) {
            LOG.error("{} offset {} cannot be read", partition, message.offset(), e);
            return keep(message, "unreadable", e.toString());
        }
    }

    private @Nullable List<List<Command>> keep(
            ConsumerRecord<byte[], byte[]> message, String reason, String detail) {
        return deadLetters.keep(message, reason, detail) ? List.of() : null;
    }

    private void forgetFinished() {
        long position = feed.position();
        while (!given.isEmpty() && given.peek().offset() < position) {
            hold(-HeldBytes.of(given.remove()));
        }
    }

    private void keepRefused() {
        while (true) {
            refusal = refusal == null ? feed.nextRefusal() : refusal;
            var refused = refusal;
            if (refused == null) {
                return;
            }
            boolean kept =
                    given.stream()
                            .filter(message -> message.offset() == refused.offset())
                            .allMatch(
                                    message ->
                                            deadLetters.keep(
                                                    message,
                                                    refused.reason().word(),
                                                    refused.detail()));
            if (!kept) {
                return;
            }
            feed.abandon(refused.offset());
            refusal = null;
        }
    }
}
