/**
 * Proof of the whole: the rules of this repository; real servers, killed and stopped under load;
 * and bugs planted on purpose.
 */
@NullMarked
package digitalwallet.proof;

import org.jspecify.annotations.NullMarked;
