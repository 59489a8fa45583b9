/**
 * How a process listens: who may be connected, how long a request may take to arrive, how large its
 * head is, and what it is called in answers and logs. The API and the metrics listen in the same
 * way. It uses {@code process.settings} only.
 *
 * <pre>
 *   accept ──► Connections: room? ──► Tomcat parses ──► FirstAdapter: id, headers ──► the API,
 *                 ▲ sweep: half-sent heads, idle ones                                  or metrics
 * </pre>
 */
@NullMarked
package digitalwallet.process.http;

import org.jspecify.annotations.NullMarked;
