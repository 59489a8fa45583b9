/**
 * What `./wallet up` starts on one machine, and what tests start: a real PostgreSQL, a token issuer
 * and the processes of the wallet. Knows the other modules only as processes.
 */
@NullMarked
package digitalwallet.local;

import org.jspecify.annotations.NullMarked;
