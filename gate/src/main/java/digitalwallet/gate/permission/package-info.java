/**
 * What a caller may do: the mechanism of the role table. Each process declares its own rules; what
 * no rule allows is denied. Knows callers and roles; knows nothing of HTTP.
 */
@NullMarked
package digitalwallet.gate.permission;

import org.jspecify.annotations.NullMarked;
