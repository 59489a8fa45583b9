/**
 * Fields to commands: what requests and queued messages may say, strictly, and what is wrong with
 * them otherwise. Knows neither HTTP nor the broker.
 *
 * <pre>
 *   JSON object ──► Form (which fields) ──► Fields (their values) ──► CommandReader ──► Command
 * </pre>
 */
@NullMarked
package digitalwallet.server.request;

import org.jspecify.annotations.NullMarked;
