/**
 * The wallet's role table: what may be done with wallets, and by which role. The gate finds out who
 * is calling, and sees to it that each rule is kept.
 */
@NullMarked
package digitalwallet.server.security;

import org.jspecify.annotations.NullMarked;
