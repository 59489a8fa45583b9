/**
 * A command's way from a request to its outcome: it is read, sent to the engine or to the queue,
 * and waited for as long as the caller likes. This package knows no path; the package {@code
 * answer} writes the answers.
 *
 * <pre>
 *   body ──► CommandReader ──► PostingEngine ──► Outcome ──► OutcomeAnswer
 *                         └──► CommandQueue  ──► QueuedAnswer
 * </pre>
 */
@NullMarked
package digitalwallet.server.command;

import org.jspecify.annotations.NullMarked;
