/** The wallet process: {@code Main}, its settings, and the wiring of the parts. */
@NullMarked
package digitalwallet.server;

import org.jspecify.annotations.NullMarked;
