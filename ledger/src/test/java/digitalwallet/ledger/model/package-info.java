/** Random programs of commands, run on the real thing and on a model too simple to be wrong. */
@NullMarked
package digitalwallet.ledger.model;

import org.jspecify.annotations.NullMarked;
