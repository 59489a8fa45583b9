/**
 * The way in, for all processes: a filter that gives each request its id and lets nobody pass
 * without a valid token, a guard that lets callers reach only what a rule allows them, and the one
 * place where an exception becomes a problem document.
 *
 * <pre>
 *   request ──► Gate ──────► Guard ──────► controller ──► Answer
 *               token?       rule?             │
 *               Endpoints    Endpoints         ▼ exception
 *               say what is open               ProblemResolver
 * </pre>
 */
@NullMarked
package digitalwallet.gate;

import org.jspecify.annotations.NullMarked;
