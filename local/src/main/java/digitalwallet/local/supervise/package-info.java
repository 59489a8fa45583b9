/**
 * Starts the processes of a local wallet stage by stage, starts again the ones that die, and stops
 * them in reverse order. A new kind of process is one more {@link
 * digitalwallet.local.supervise.Child}.
 */
@NullMarked
package digitalwallet.local.supervise;

import org.jspecify.annotations.NullMarked;
