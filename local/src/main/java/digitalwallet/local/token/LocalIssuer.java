package digitalwallet.local.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Signs tokens for callers of the wallet on this machine. RS256, because its signatures are the
 * quickest to verify.
 */
public final class LocalIssuer {

    /** The roles the wallet knows. */
    public static final List<String> ROLES =
            List.of("user", "system", "support", "auditor", "admin");

    private static final String ISSUER = "http://wallet.local";
    private static final String AUDIENCE = "wallet";
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._:@+-]{1,64}");
    private static final int KEY_BITS = 2048;

    private final RSAKey key;
    private final Path jwks;

    private LocalIssuer(RSAKey key, Path jwks) {
        this.key = key;
        this.jwks = jwks;
    }

    /**
     * Opens the issuer whose keys are in the folder; makes the folder and the keys when there are
     * none.
     */
    public static LocalIssuer openOrCreate(Path folder) {
        try {
            var file = Folders.passable(folder.toAbsolutePath()).resolve("private-key.json");
            var key = RSAKey.parse(Files.exists(file) ? Files.readString(file) : create(file));
            var jwks = file.resolveSibling("jwks.json");
            var published = new JWKSet(key).toString(true);
            if (!Files.exists(jwks) || !Files.readString(jwks).equals(published)) {
                Folders.writePrivate(jwks, published);
            }
            return new LocalIssuer(key, jwks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException | JOSEException e) {
            throw new LocalFailure(
                    "The token issuer's key in " + folder + " is damaged: " + e.getMessage(), e);
        }
    }

    private static String create(Path file) throws IOException, JOSEException {
        var key =
                new RSAKeyGenerator(KEY_BITS)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .keyIDFromThumbprint(true)
                        .generate();
        var mine = file.resolveSibling("private-key-" + UUID.randomUUID() + ".json");
        Folders.writePrivate(mine, key.toJSONString());
        try {
            // Unlike a move, a link never replaces: of two that race, both go on with the first
            // one's key.
            Files.createLink(file, mine);
        } catch (FileAlreadyExistsException _) {
            // The other one was faster.
        } finally {
            Files.delete(mine);
        }
        return Files.readString(file);
    }

    /**
     * A signed token.
     *
     * @param role one of {@link #ROLES}
     * @param id who calls: 1 to 64 characters of an identifier
     * @throws LocalFailure when the role is unknown or the id is not an identifier
     */
    public String token(String role, String id, Duration lifetime) {
        requireRole(role);
        if (!IDENTIFIER.matcher(id).matches()) {
            throw new LocalFailure(
                    "An id is 1 to 64 characters of A-Z, a-z, 0-9 and . _ : @ -; this is not: "
                            + id);
        }
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject(id)
                        .claim("roles", List.of(role))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)))
                        .jwtID(UUID.randomUUID().toString())
                        .build();
        return sign(claims);
    }

    /** Refuses a role the wallet does not know. */
    public static void requireRole(String role) {
        if (!ROLES.contains(role)) {
            throw new LocalFailure(
                    "There is no role "
                            + role
                            + "; the roles are "
                            + String.join(", ", ROLES)
                            + ".");
        }
    }

    /** Signs any claims, wrong ones too: tests need them to see that the server refuses them. */
    public String sign(JWTClaimsSet claims) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    public String issuer() {
        return ISSUER;
    }

    public String audience() {
        return AUDIENCE;
    }

    /** Where the public keys are: a file of this machine. */
    public URI jwksUri() {
        return jwks.toUri();
    }
}
