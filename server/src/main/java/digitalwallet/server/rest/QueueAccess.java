package digitalwallet.server.rest;

import digitalwallet.server.queue.CommandQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where commands are queued.
 *
 * @param commands null when this wallet has no queue
 */
public record QueueAccess(@Nullable CommandQueue commands) {}
