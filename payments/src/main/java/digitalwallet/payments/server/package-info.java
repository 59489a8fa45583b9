/** The payments process: {@code Main}, its settings, and the wiring of the parts. */
@NullMarked
package digitalwallet.payments.server;

import org.jspecify.annotations.NullMarked;
