/** Tests of what measures. */
@NullMarked
package digitalwallet.bench.measure;

import org.jspecify.annotations.NullMarked;
