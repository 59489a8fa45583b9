package digitalwallet.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The topics, and how each must be kept so that nothing in it is lost. */
public enum Topic {
    /** Commands for the wallet; key: the user whose money moves. */
    COMMANDS("wallet.commands", Kept.FOR_EVER),
    /** Messages from {@link #COMMANDS} that could not be understood; key: as it was. */
    DEAD("wallet.commands.dead", Kept.FOR_EVER),
    /** One event per wallet a transaction touched; key: the wallet's user. */
    TRANSACTIONS("wallet.transactions", Kept.A_WEEK),
    /** Money that came in, went out or came back; key: the user. */
    PAYMENTS("payments.events", Kept.FOR_EVER);

    private enum Kept {
        FOR_EVER,
        A_WEEK
    }

    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String CLEANUP = "cleanup.policy";
    private static final String IN_SYNC = "min.insync.replicas";
    private static final String UNCLEAN = "unclean.leader.election.enable";
    private static final String COMPRESSION = "compression.type";
    private static final String UNCOMPRESSED = "uncompressed";
    private static final String UNPACKED = "max.decompressed.message.bytes";
    private static final String UNLIMITED = "-1";
    private static final String WEEK_MILLIS = "604800000";
    // Room for a batch of 1 MiB and its envelope; a dead letter has more headers than that.
    private static final String COMMAND_BYTES_MAX = "1572864";
    private static final String DEAD_BYTES_MAX = "1638400";
    // Of one event, which is compressed in batches by the wallet alone.
    private static final String EVENT_BYTES_MAX = "1048576";

    private final String word;
    private final Kept kept;

    Topic(String word, Kept kept) {
        this.word = word;
        this.kept = kept;
    }

    /** The topic's name. */
    public String word() {
        return word;
    }

    /**
     * How many partitions it is created with.
     *
     * @param configured for the topics whose order is per user
     */
    public int partitions(int configured) {
        return this == DEAD ? 1 : configured;
    }

    /**
     * The settings it is created with.
     *
     * @param replication on how many brokers each message is
     * @param flushEachMessage true on a single broker, where only the disk keeps what was
     *     acknowledged
     */
    public Map<String, String> config(int replication, boolean flushEachMessage) {
        var config = new TreeMap<String, String>();
        config.put(CLEANUP, "delete");
        config.put(RETENTION, kept == Kept.FOR_EVER ? UNLIMITED : WEEK_MILLIS);
        config.put(RETENTION_BYTES, UNLIMITED);
        config.put(IN_SYNC, Integer.toString(inSyncMin(replication)));
        config.put(UNCLEAN, "false");
        config.putAll(bounds());
        switch (this) {
            case COMMANDS -> config.put("max.message.bytes", COMMAND_BYTES_MAX);
            case DEAD -> config.put("max.message.bytes", DEAD_BYTES_MAX);
            case TRANSACTIONS, PAYMENTS -> {}
        }
        if (flushEachMessage && this != TRANSACTIONS) {
            config.put("flush.messages", "1");
        }
        return Map.copyOf(config);
    }

    /**
     * The settings that bound what a message becomes when it is unpacked: 250 MB of blanks are a
     * few kilobytes before. A reader learns that too late, so the broker must refuse it. What
     * others than the wallet write is kept unpacked, so that the bound of a message is that of a
     * batch, too.
     */
    public Map<String, String> bounds() {
        return switch (this) {
            case COMMANDS, PAYMENTS ->
                    Map.of(COMPRESSION, UNCOMPRESSED, UNPACKED, COMMAND_BYTES_MAX);
            case DEAD -> Map.of(COMPRESSION, UNCOMPRESSED, UNPACKED, DEAD_BYTES_MAX);
            case TRANSACTIONS -> Map.of(UNPACKED, EVENT_BYTES_MAX);
        };
    }

    /** The same without the one that brokers before Kafka 4.2.2 do not know. */
    public static Map<String, String> knownToAll(Map<String, String> config) {
        var known = new TreeMap<>(config);
        known.remove(UNPACKED);
        return Map.copyOf(known);
    }

    /**
     * Those of the {@link #bounds} that an existing topic lacks.
     *
     * @param config the effective settings, as the broker tells them; one that is not there is not
     *     known to the broker
     */
    public Map<String, String> missingBounds(Map<String, String> config) {
        var missing = new TreeMap<>(bounds());
        missing.entrySet().removeIf(bound -> isKept(bound.getKey(), config.get(bound.getKey())));
        return Map.copyOf(missing);
    }

    private boolean isKept(String setting, @Nullable String value) {
        var bound = Objects.requireNonNull(bounds().get(setting));
        return value == null
                || value.equals(bound)
                || (setting.equals(UNPACKED) && number(value) > 0 && number(value) < number(bound));
    }

    /**
     * What of an existing topic's settings could lose messages, or let one be of any size.
     *
     * @param config the effective settings, as the broker tells them; a setting that is not there
     *     is not judged
     * @param replication on how many brokers its messages are
     * @return sentences that say what to change; empty when it is safe
     */
    public List<String> unsafe(Map<String, String> config, int replication) {
        var sentences = new ArrayList<String>();
        if (kept == Kept.FOR_EVER) {
            requireUnlimited(RETENTION, config, sentences);
            requireUnlimited(RETENTION_BYTES, config, sentences);
            var cleanup = config.getOrDefault(CLEANUP, "delete");
            if (cleanup.contains("compact")) {
                sentences.add(
                        "%s is compacted, which drops all but a user's last message: set %s=delete."
                                .formatted(word, CLEANUP));
            }
        }
        var inSync = config.get(IN_SYNC);
        if (inSync != null && number(inSync) < inSyncMin(replication)) {
            sentences.add(
                    "%s acknowledges what too few brokers have: set %s=%d."
                            .formatted(word, IN_SYNC, inSyncMin(replication)));
        }
        if (config.getOrDefault(UNCLEAN, "false").toLowerCase(Locale.ROOT).equals("true")) {
            sentences.add(
                    "%s may elect a leader that lacks acknowledged messages: set %s=false."
                            .formatted(word, UNCLEAN));
        }
        missingBounds(config)
                .forEach(
                        (setting, bound) ->
                                sentences.add(
                                        "%s takes small messages that are huge once unpacked: set"
                                                        .formatted(word)
                                                + " %s=%s.".formatted(setting, bound)));
        return List.copyOf(sentences);
    }

    private void requireUnlimited(
            String setting, Map<String, String> config, List<String> sentences) {
        var value = config.getOrDefault(setting, UNLIMITED);
        if (number(value) >= 0) {
            sentences.add(
                    "%s forgets messages that may not be processed yet: set %s=-1 (it is %s)."
                            .formatted(word, setting, value));
        }
    }

    private static int inSyncMin(int replication) {
        return Math.max(1, replication - 1);
    }

    /**
     * A text that is no number is unsafe in both uses, as a retention and as a number of replicas.
     */
    private static long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
