/**
 * Who is calling: one implementation of tokens and roles for all processes. A token is believed
 * when the one issuer signed it, for this audience and for now; what it says of roles counts only
 * as a list of words that are known here. Uses {@code process.settings} for its variables.
 */
@NullMarked
package digitalwallet.gate.token;

import org.jspecify.annotations.NullMarked;
