/** Tests of how a soak judges. */
@NullMarked
package digitalwallet.bench.soak;

import org.jspecify.annotations.NullMarked;
