package digitalwallet.ledger.posting;

import digitalwallet.ledger.DigestKey;

/**
 * What a lane's session does besides what keeps the books.
 *
 * @param locks false switches the advisory locks off: for proofs that they only save work
 * @param dates false lets batches be written whatever their date: for clocks that are not the
 *     database's
 * @param key seals how far queues are processed
 */
public record Guards(boolean locks, boolean dates, DigestKey key) {

    /** The same without advisory locks. */
    public Guards withoutLocks() {
        return new Guards(false, dates, key);
    }

    /** The same for a clock that is not the database's. */
    public Guards withoutDates() {
        return new Guards(locks, false, key);
    }
}
