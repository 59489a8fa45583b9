/**
 * What breaks, and what must hold anyway: connections cut inside COMMIT, PostgreSQL killed, stopped
 * processes, jumping clocks. Every test asserts that its fault happened, and checks the books and
 * the history of all calls afterwards.
 *
 * <pre>
 *   clients (History) ──► PostingEngine ──► CuttingProxy ──► PostgreSQL
 * </pre>
 */
@NullMarked
package digitalwallet.ledger.fault;

import org.jspecify.annotations.NullMarked;
