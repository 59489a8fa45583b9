/**
 * A long run of everything that {@code ./wallet up} starts, under mixed hostile traffic, with
 * ordinary customers beside it: are they all served, is memory flat, are the books right?
 *
 * <pre>
 * SoakCommand ─► Soak ─► Customers ─► HttpCaller
 *                  ├───► Attackers ─► Attack: bodies, heads, held connections, messages
 *                  ├───► Sampler ───► Sample: memory, threads, files, queues
 *                  └───► Findings, Plot
 * </pre>
 */
@NullMarked
package digitalwallet.bench.soak;

import org.jspecify.annotations.NullMarked;
