/**
 * What a caller may do: the mechanism of the role table. Each process declares its own rules; what
 * no rule allows is denied. This package knows callers and roles, but nothing of HTTP.
 */
@NullMarked
package digitalwallet.gate.permission;

import org.jspecify.annotations.NullMarked;
