/**
 * How the books' words look in answers: outcomes, rejections, transactions, wallets, pages,
 * reports. All the JSON the wallet writes for callers is here. Decides nothing and knows no path;
 * how much of a transaction a caller may see is said by the grant.
 */
@NullMarked
package digitalwallet.server.answer;

import org.jspecify.annotations.NullMarked;
