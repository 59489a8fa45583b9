/**
 * The benchmarks themselves, each beside its comparison: which load, which measurement, which bar.
 * The designs they are compared with stand here too. {@link digitalwallet.bench.suite.Suite} lists
 * them.
 */
@NullMarked
package digitalwallet.bench.suite;

import org.jspecify.annotations.NullMarked;
