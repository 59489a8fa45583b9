/**
 * The command line of the benchmarks: {@code ./wallet bench} runs those that are named and prints
 * one table. Every figure stands beside its comparison from the same run.
 *
 * <pre>
 * Main ─► suite ─► load ─► measure
 *   └───► soak ────► load
 * </pre>
 */
@NullMarked
package digitalwallet.bench;

import org.jspecify.annotations.NullMarked;
