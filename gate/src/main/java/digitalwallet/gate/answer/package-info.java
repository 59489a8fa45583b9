/** What is sent back: one JSON value, written without a tree of it in memory. */
@NullMarked
package digitalwallet.gate.answer;

import org.jspecify.annotations.NullMarked;
