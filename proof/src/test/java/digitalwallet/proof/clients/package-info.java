/**
 * What others see of the API documents: linters read them, generators make clients of them in four
 * languages, which then move money, and both services are called with whatever the documents allow
 * and forbid. The tools are CI's; where one is missing, its tests are skipped and say so.
 */
@NullMarked
package digitalwallet.proof.clients;

import org.jspecify.annotations.NullMarked;
