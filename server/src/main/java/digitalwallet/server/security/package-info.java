/**
 * Who is calling and what they may do. Knows tokens, roles and ownership; knows nothing of HTTP,
 * the engine or SQL.
 *
 * <pre>
 *   token ──► TokenVerifier ──► Caller ──► Permission.grant ──► Grant (role, scope)
 *             (TokenCache)                  the role table       own wallet? own name?
 * </pre>
 */
@NullMarked
package digitalwallet.server.security;

import org.jspecify.annotations.NullMarked;
