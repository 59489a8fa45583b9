/**
 * The wallet's role table: what may be done with wallets, and by which role. Who is calling, and
 * how a rule is kept, is told by the gate.
 */
@NullMarked
package digitalwallet.server.security;

import org.jspecify.annotations.NullMarked;
