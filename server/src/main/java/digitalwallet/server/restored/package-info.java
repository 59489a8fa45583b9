/**
 * Books that were restored to an earlier time than what was published of them: noticed before
 * anything is published or consumed, said, and mended as far as the published events allow.
 *
 * <pre>
 * PublishedEvents ─► BooksAge ─► Lost ─► payment events are decided as before
 * </pre>
 */
@NullMarked
package digitalwallet.server.restored;

import org.jspecify.annotations.NullMarked;
