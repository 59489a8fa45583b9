/**
 * The journal read for those who publish it: which blocks are not published, what their
 * transactions changed, and how far all is published.
 *
 * <pre>
 * EventSession ─► UnpublishedBlocks ─► JournalReader ─► BackwardsComplete ─► Unpublished
 * </pre>
 *
 * <p>Knows the tables, and neither how they are written nor what an event looks like.
 */
@NullMarked
package digitalwallet.ledger.publishing;

import org.jspecify.annotations.NullMarked;
