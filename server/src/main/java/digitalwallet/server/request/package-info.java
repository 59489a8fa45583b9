/**
 * Fields to commands: what requests and queued messages may say, strictly, and what is wrong with
 * them otherwise. Knows neither HTTP nor the broker.
 *
 * <pre>
 *   REST ─────────────────────┐
 *   batch ──► BatchReader ──► Request (verb, fields, key) ──► CommandReader ──► Command
 *   queue ────────────────────┘                                Form: which fields
 *                                                              Fields: their values
 * </pre>
 *
 * <p>What each verb needs, who may use it and whether it may be queued says Verb, and nothing else.
 */
@NullMarked
package digitalwallet.server.request;

import org.jspecify.annotations.NullMarked;
