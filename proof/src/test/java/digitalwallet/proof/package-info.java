/** Proof of the whole: real servers, killed and stopped under load, and bugs planted on purpose. */
@NullMarked
package digitalwallet.proof;

import org.jspecify.annotations.NullMarked;
