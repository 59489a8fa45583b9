/**
 * A process of ours: how it logs, is measured, listens, starts and drains. The settings it runs by
 * come from {@code process.settings} and from nothing else: no file, no other variable and no
 * property of the framework changes them.
 */
@NullMarked
package digitalwallet.process;

import org.jspecify.annotations.NullMarked;
