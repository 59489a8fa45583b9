/**
 * The subcommands of {@code ./wallet}: arguments to work, failures to one sentence and an exit
 * code.
 */
@NullMarked
package digitalwallet.local.command;

import org.jspecify.annotations.NullMarked;
