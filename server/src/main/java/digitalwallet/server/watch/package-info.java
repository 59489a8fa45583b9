/**
 * Keeps an eye on the books while the server runs: regular checks, their gauges, and the sweeping
 * of expired idempotency keys. Uses the ledger; knows nothing of HTTP.
 */
@NullMarked
package digitalwallet.server.watch;

import org.jspecify.annotations.NullMarked;
