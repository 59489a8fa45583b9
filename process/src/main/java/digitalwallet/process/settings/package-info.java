/**
 * What the environment may say to a process: each variable declared once, with its kind, its
 * default, its meaning and whether it is secret. The same declaration reads it, refuses it, shows
 * it in the log and documents it. Groups that several processes have are declared here for all.
 */
@NullMarked
package digitalwallet.process.settings;

import org.jspecify.annotations.NullMarked;
