package digitalwallet.ledger;

import java.util.UUID;

/**
 * A caller's promise that two requests are the same one.
 *
 * @param id digest of the caller and their key: the same key of two callers is two keys
 * @param fingerprint digest of what the request means; another one under the same id is refused
 */
public record IdempotencyKey(UUID id, UUID fingerprint) {

    /** What the journal keeps of the key and its fingerprint for good: 128 bits of SHA-256. */
    public UUID digest() {
        return new Digest()
                .number(id.getMostSignificantBits())
                .number(id.getLeastSignificantBits())
                .number(fingerprint.getMostSignificantBits())
                .number(fingerprint.getLeastSignificantBits())
                .toId();
    }

    /** The key a caller sent for one command. */
    public static IdempotencyKey of(String caller, String key, UUID fingerprint) {
        return new IdempotencyKey(new Digest().text(caller).text(key).toId(), fingerprint);
    }

    /**
     * The key of one command of a batch that the caller's key covers as a whole. The first has the
     * caller's key itself, so that no other request passes under it.
     *
     * @param index of the command in the batch, from 0
     * @param fingerprint digest of the whole batch
     */
    public static IdempotencyKey ofBatch(String caller, String key, int index, UUID fingerprint) {
        if (index == 0) {
            return of(caller, key, fingerprint);
        }
        var id = new Digest().text(caller).text(key).number(index).toId();
        return new IdempotencyKey(id, fingerprint);
    }
}
