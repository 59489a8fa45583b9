/**
 * The REST API: one file per resource. A request becomes a command or a query, an outcome becomes
 * an answer; nothing is decided here. May use the engine, the read queries and the security
 * package.
 *
 * <pre>
 *   Gate ──► Guard ──► …Controller ──► CommandReader ──► PostingEngine
 *   token    role      one resource    JSON → Command         │
 *                           ▲                                 ▼
 *                           └──────── OutcomeAnswer ◄──── Outcome
 * </pre>
 */
@NullMarked
package digitalwallet.server.rest;

import org.jspecify.annotations.NullMarked;
