package digitalwallet.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sensitive part of a transaction. It is stored beside the journal, which keeps only a salted
 * digest, so that it can be encrypted, re-keyed or erased while the journal stays verifiable.
 *
 * @param salt random, chosen by the maker of the command, so that the digest reveals nothing
 * @param bankTransactionId the bank's id of the movement, or null
 * @param description free text for people, or null
 * @param reason why an employee did it, or null
 * @param metadata the caller's own labels, sorted; empty when there are none
 * @param payout where a payout goes, or null
 */
public record Details(
        UUID salt,
        @Nullable String bankTransactionId,
        @Nullable String description,
        @Nullable String reason,
        SortedMap<String, String> metadata,
        @Nullable PayoutTarget payout) {

    private static final int FORMAT = 1;

    /** As the other, with method and destination of a payout at the end. */
    private static final int FORMAT_OF_PAYOUTS = 2;

    /** Details that say nothing. */
    public static final Details NONE =
            new Details(new UUID(0, 0), null, null, null, new TreeMap<>());

    /** Details of what is no payout. */
    public Details(
            UUID salt,
            @Nullable String bankTransactionId,
            @Nullable String description,
            @Nullable String reason,
            SortedMap<String, String> metadata) {
        this(salt, bankTransactionId, description, reason, metadata, null);
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return bankTransactionId == null
                && description == null
                && reason == null
                && metadata.isEmpty()
                && payout == null;
    }

    /** How many characters all of it has: how much memory it takes, about. */
    public int length() {
        int length = lengthOf(bankTransactionId) + lengthOf(description) + lengthOf(reason);
        for (var label : metadata.entrySet()) {
            length += label.getKey().length() + label.getValue().length();
        }
        return payout == null
                ? length
                : length + payout.method().length() + payout.destination().length();
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** SHA-256 over the salt and {@link #encoded()}, 32 bytes: what the journal keeps. */
    public byte[] digest() {
        return digest(salt, encoded());
    }

    /** The digest of stored content under its salt. */
    public static byte[] digest(UUID salt, byte[] content) {
        return new Digest().id(salt).bytes(content).toBytes();
    }

    /** The canonical content: a format byte, then each field behind its presence and length. */
    public byte[] encoded() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(payout == null ? FORMAT : FORMAT_OF_PAYOUTS);
            write(out, bankTransactionId);
            write(out, description);
            write(out, reason);
            out.writeInt(metadata.size());
            for (Map.Entry<String, String> label : metadata.entrySet()) {
                write(out, label.getKey());
                write(out, label.getValue());
            }
            if (payout != null) {
                write(out, payout.method());
                write(out, payout.destination());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encoded()} wrote.
     *
     * @throws UncheckedIOException when the content is not of that form
     */
    public static Details decode(UUID salt, byte[] content) {
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            int format = in.readByte();
            if (format != FORMAT && format != FORMAT_OF_PAYOUTS) {
                throw new IOException("unknown format of transaction details");
            }
            var bankTransactionId = read(in);
            var description = read(in);
            var reason = read(in);
            var metadata = new TreeMap<String, String>();
            for (int left = in.readInt(); left > 0; left--) {
                var key = read(in);
                var value = read(in);
                if (key == null || value == null) {
                    throw new IOException("a label of transaction details is missing");
                }
                metadata.put(key, value);
            }
            var payout = format == FORMAT ? null : readPayout(in);
            return new Details(salt, bankTransactionId, description, reason, metadata, payout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PayoutTarget readPayout(DataInputStream in) throws IOException {
        var method = read(in);
        var destination = read(in);
        if (method == null || destination == null) {
            throw new IOException("the target of a payout is missing");
        }
        return new PayoutTarget(method, destination);
    }

    private static void write(DataOutputStream out, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
