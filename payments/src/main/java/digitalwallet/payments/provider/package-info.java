/**
 * Payment providers: one file per provider, and the sandbox bank with all it needs to run as if it
 * were somebody else's.
 *
 * <pre>
 * send(call) ──► Provider ──► Answer    repeated with the same key: nothing happens twice
 * query(key) ──►
 * </pre>
 */
@NullMarked
package digitalwallet.payments.provider;

import org.jspecify.annotations.NullMarked;
