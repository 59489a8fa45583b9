/**
 * Who is calling: one implementation of tokens and roles for all processes. A token is believed
 * when the one issuer signed it, it is for this audience, and it is valid now. Its roles count only
 * when they are a list of words, and of these only the words that are known here. This package uses
 * {@code process.settings} for its variables.
 */
@NullMarked
package digitalwallet.gate.token;

import org.jspecify.annotations.NullMarked;
