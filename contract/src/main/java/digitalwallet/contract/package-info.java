/**
 * The documents of our APIs, and the check that an answer is what its document promises.
 *
 * <p>Only tests use this: the client of a test hands each answer to {@link
 * digitalwallet.contract.Contract}, which finds the operation, and fails on a status, a header, a
 * content type, a problem code or a field that the document does not declare.
 */
@NullMarked
package digitalwallet.contract;

import org.jspecify.annotations.NullMarked;
