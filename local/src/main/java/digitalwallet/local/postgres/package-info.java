/**
 * A real PostgreSQL as child processes of this machine, durable by default: unpack, initialise,
 * start, stop, kill.
 *
 * <pre>
 *  FOLDER/binaries-…/      unpacked once, belongs to the user who started it
 *  FOLDER/data/            the cluster, belongs to the user PostgreSQL runs as
 *  FOLDER/passfile         every role's password, 0600, in the format psql reads
 *  FOLDER/postgres.log
 * </pre>
 */
@NullMarked
package digitalwallet.local.postgres;

import org.jspecify.annotations.NullMarked;
