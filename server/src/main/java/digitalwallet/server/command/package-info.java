/**
 * A command's way from a request to its outcome: read, sent to the engine or to the queue, waited
 * for as long as the caller likes. Knows no path; what is answered is written by its neighbour.
 *
 * <pre>
 *   body ──► CommandReader ──► PostingEngine ──► Outcome ──► OutcomeAnswer
 *                         └──► CommandQueue  ──► QueuedAnswer
 * </pre>
 */
@NullMarked
package digitalwallet.server.command;

import org.jspecify.annotations.NullMarked;
