/**
 * JSON as money needs it (RFC 8259): read strictly, each number kept as it was written, nothing
 * unknown guessed at; written without blanks, so that equal values are equal bytes. It knows no
 * message and no request: the readers of the fields say what they mean.
 */
@NullMarked
package digitalwallet.json;

import org.jspecify.annotations.NullMarked;
