/**
 * Programs that tests run and that not everybody has: other languages' tools. Where one is missing,
 * its tests are skipped and say so; in CI, which promises to have all, they fail.
 */
@NullMarked
package digitalwallet.proof.tool;

import org.jspecify.annotations.NullMarked;
