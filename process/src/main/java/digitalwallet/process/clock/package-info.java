/**
 * What time it is: the database's time, counted on between two looks at it, and how far the
 * machine's own clock is from it. Knows nothing of what the time is used for.
 */
@NullMarked
package digitalwallet.process.clock;

import org.jspecify.annotations.NullMarked;
