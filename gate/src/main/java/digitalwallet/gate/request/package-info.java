/**
 * A request read strictly: its headers, its parameters, its body, each with its limits. What is
 * unknown, given twice or not what it should be is refused with a code.
 */
@NullMarked
package digitalwallet.gate.request;

import org.jspecify.annotations.NullMarked;
