/**
 * The REST API: one file per resource. A path leads to a command or a query; nothing is decided
 * here, and nothing is written here but what stands in the path.
 *
 * <pre>
 *   Gate ──► Guard ──► …Controller ──► Posting ──► PostingEngine
 *   token    role      one resource    body → Command    │
 *                           │                            ▼
 *                           └──► …Reader, …Answer ◄── Outcome
 * </pre>
 */
@NullMarked
package digitalwallet.server.rest;

import org.jspecify.annotations.NullMarked;
