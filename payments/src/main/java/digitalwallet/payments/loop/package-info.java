/** Work that is done again and again on a thread of its own until it is told to stop. */
@NullMarked
package digitalwallet.payments.loop;

import org.jspecify.annotations.NullMarked;
