/**
 * The services that write commands to Kafka themselves: who they are, how they sign, and what each
 * may send. A file says so; who is not in it sends nothing.
 */
@NullMarked
package digitalwallet.server.producer;

import org.jspecify.annotations.NullMarked;
