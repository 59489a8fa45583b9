/** The API of payments behind the gate: its role table, its resources, its own problem codes. */
@NullMarked
package digitalwallet.payments.rest;

import org.jspecify.annotations.NullMarked;
