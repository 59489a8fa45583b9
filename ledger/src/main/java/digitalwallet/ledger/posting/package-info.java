/**
 * How a lane posts: its session with its claim and its locks, what a batch names loaded, and the
 * decided batch written with its block, all or nothing.
 *
 * <pre>
 * LaneSession ─► BatchLoader ─► locks, keys, accounts, purchases, payouts ─► LoadedBatch
 *             ─► BatchWriter ─► BatchRows ─► RowSink (parameters or COPY) ─► COMMIT
 *             ─► LaneJournal ─► the lane's last block; the settling of a lost COMMIT
 * </pre>
 *
 * <p>It only inserts. It knows nothing of the packages that read and publish.
 */
@NullMarked
package digitalwallet.ledger.posting;

import org.jspecify.annotations.NullMarked;
