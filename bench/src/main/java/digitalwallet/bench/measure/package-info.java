/**
 * What measures: rates with their cost, figures in turns with their comparisons, medians, and the
 * table of results. Knows neither the wallet nor how load is made.
 */
@NullMarked
package digitalwallet.bench.measure;

import org.jspecify.annotations.NullMarked;
