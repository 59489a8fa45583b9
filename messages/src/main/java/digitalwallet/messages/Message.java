package digitalwallet.messages;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is sent: its record key, its bytes, and those attributes of its envelope that the
 * headers repeat, so that a reader knows them before it parses anything.
 */
public final class Message {

    /** The Kafka header with the signature. */
    public static final String SIGNATURE_HEADER = "wallet-signature";

    /** The Kafka header with the type, as CloudEvents names it. */
    public static final String TYPE_HEADER = "ce_type";

    /** The Kafka header with the id, as CloudEvents names it. */
    public static final String ID_HEADER = "ce_id";

    /** The Kafka header with the time, as CloudEvents names it. */
    public static final String TIME_HEADER = "ce_time";

    /**
     * The Kafka header with the type of the transaction that an event of the wallet tells of. It is
     * not signed and proves nothing: it only says which events a reader need not read.
     */
    public static final String TRANSACTION_TYPE_HEADER = "wallet-transaction-type";

    private final String key;
    private final String type;
    private final String id;
    private final String time;
    private final byte[] value;
    private final @Nullable String transactionType;

    /**
     * A message that tells of no transaction.
     *
     * @param key the record key
     * @param type the attribute {@code type}
     * @param id the attribute {@code id}
     * @param time the attribute {@code time}, as it is written
     * @param value the envelope; not copied
     */
    public Message(String key, String type, String id, String time, byte[] value) {
        this(key, type, id, time, value, null);
    }

    /** The same of one that tells of a transaction of this type. */
    Message(
            String key,
            String type,
            String id,
            String time,
            byte[] value,
            @Nullable String transactionType) {
        this.transactionType = transactionType;
        this.key = key;
        this.type = type;
        this.id = id;
        this.time = time;
        this.value = value;
    }

    /** An event as it is sent under this key. */
    public static Message of(String key, CloudEvent event) {
        return new Message(key, event.type(), event.id(), event.timeText(), event.write());
    }

    /** The record key. */
    public String key() {
        return key;
    }

    /** The attribute {@code type}. */
    public String type() {
        return type;
    }

    /** The attribute {@code id}. */
    public String id() {
        return id;
    }

    /** The attribute {@code time}, as it is written. */
    public String time() {
        return time;
    }

    /** The type of the transaction it tells of; null when it tells of none. */
    public @Nullable String transactionType() {
        return transactionType;
    }

    /** The envelope; not copied. */
    public byte[] value() {
        return value;
    }
}
