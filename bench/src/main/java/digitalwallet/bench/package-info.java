/**
 * Benchmarks: every figure stands beside its comparison from the same run. Uses the ledger and the
 * embedded PostgreSQL of {@code digitalwallet.local}.
 */
@NullMarked
package digitalwallet.bench;

import org.jspecify.annotations.NullMarked;
