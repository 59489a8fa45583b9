/**
 * What drives load: books and servers of a benchmark's own, and traffic for them, in process, over
 * HTTP and through Kafka.
 *
 * <pre>
 * Books ─► WalletServer ─► Requests ─► Traffic ─► HttpLoad
 *   └─► TransferLoad, DepositLoad, QueuedCommands
 * </pre>
 */
@NullMarked
package digitalwallet.bench.load;

import org.jspecify.annotations.NullMarked;
