/**
 * What is wrong with a request, as callers are told: one scheme of problem documents (RFC 9457) for
 * all processes. The codes that every process has are here; each adds its own.
 */
@NullMarked
package digitalwallet.gate.problem;

import org.jspecify.annotations.NullMarked;
