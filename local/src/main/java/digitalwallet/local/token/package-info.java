/**
 * The issuer of one machine's own tokens: a key pair in a folder, its public half as a JWK set, and
 * tokens signed with it. In production any OpenID Connect provider takes its place.
 */
@NullMarked
package digitalwallet.local.token;

import org.jspecify.annotations.NullMarked;
