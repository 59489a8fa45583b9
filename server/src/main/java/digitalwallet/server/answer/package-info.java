/**
 * How outcomes, rejections, transactions, wallets, pages and reports look in answers. All the JSON
 * that the wallet writes for callers is here. This package decides nothing and knows no path; the
 * grant says how much of a transaction a caller may see.
 */
@NullMarked
package digitalwallet.server.answer;

import org.jspecify.annotations.NullMarked;
