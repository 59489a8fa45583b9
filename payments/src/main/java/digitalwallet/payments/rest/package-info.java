/**
 * The REST API: strict JSON in, problem documents out, every path closed unless a rule opens it.
 */
@NullMarked
package digitalwallet.payments.rest;

import org.jspecify.annotations.NullMarked;
