/**
 * Reads a request strictly: its headers, its parameters and its body, each with its limits. What is
 * unknown, given twice or not as it should be is refused with a code.
 */
@NullMarked
package digitalwallet.gate.request;

import org.jspecify.annotations.NullMarked;
