/** Tests of what drives load. */
@NullMarked
package digitalwallet.bench.load;

import org.jspecify.annotations.NullMarked;
