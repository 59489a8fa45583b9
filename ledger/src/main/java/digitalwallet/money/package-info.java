/** Exact amounts of money. Pure: uses nothing but the JDK. */
@NullMarked
package digitalwallet.money;

import org.jspecify.annotations.NullMarked;
