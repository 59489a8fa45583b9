/**
 * All SQL of the payments service: its schema and what is in it. Callers put several of these into
 * one transaction with {@code Database.inTransaction}.
 */
@NullMarked
package digitalwallet.payments.store;

import org.jspecify.annotations.NullMarked;
