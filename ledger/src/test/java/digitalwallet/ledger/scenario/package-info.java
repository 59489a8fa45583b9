/**
 * The behaviour of the wallet as text, run unchanged against the Decider, the engine and the API.
 *
 * <pre>
 *   scenarios/*.txt ──► ScenarioRunner ──► Wallets: in memory | on PostgreSQL | over HTTP
 * </pre>
 */
@NullMarked
package digitalwallet.ledger.scenario;

import org.jspecify.annotations.NullMarked;
