/**
 * Makes commands of fields. It says strictly what requests and queued messages may say, and what is
 * wrong with those that say anything else. This package knows neither HTTP nor the broker.
 *
 * <pre>
 *   REST ─────────────────────┐
 *   batch ──► BatchReader ──► Request (verb, fields, key) ──► CommandReader ──► Command
 *   queue ────────────────────┘                                Form: which fields
 *                                                       CommandFields: their values
 * </pre>
 *
 * <p>Verb alone says what each verb needs, who may use it and whether it may be queued.
 */
@NullMarked
package digitalwallet.server.request;

import org.jspecify.annotations.NullMarked;
