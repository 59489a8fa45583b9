/** Tests of what the benchmarks measure with. */
@NullMarked
package digitalwallet.bench;

import org.jspecify.annotations.NullMarked;
