/**
 * The registry of the services that write commands to Kafka themselves, on this machine: a folder
 * with one file that says who may send what, and a key for each.
 */
@NullMarked
package digitalwallet.local.producer;

import org.jspecify.annotations.NullMarked;
