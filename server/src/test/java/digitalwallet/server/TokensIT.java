package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import digitalwallet.server.TestWallet.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Only a token that the issuer signed, for this wallet and for now, opens the door. */
final class TokensIT {

    private static final String PATH = "/consistency-check";

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void a_token_that_is_not_to_be_believed_is_refused() throws JOSEException {
        var wrong = new ArrayList<String>();
        var tokens = wrongClaims();
        tokens.putAll(wrongSignatures());
        tokens.forEach(
                (what, token) -> {
                    var reply = with("Bearer " + token);
                    if (reply.status() != 401
                            || !reply.code().equals("unauthorized")
                            || reply.header("WWW-Authenticate") == null) {
                        wrong.add(what + ": " + reply.status() + " " + reply.body());
                    }
                });
        assertThat(wrong).isEmpty();
        assertThat(with("Bearer " + admin(_ -> {})).status()).isEqualTo(200);
    }

    private Map<String, String> wrongClaims() {
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("expired", admin(c -> c.expirationTime(in(-60))));
        tokens.put("never expires", admin(c -> c.expirationTime(null)));
        tokens.put("not yet valid", admin(c -> c.notBeforeTime(in(60))));
        tokens.put("another issuer", admin(c -> c.issuer("somebody")));
        tokens.put("no issuer", admin(c -> c.issuer(null)));
        tokens.put("for another", admin(c -> c.audience("another")));
        tokens.put("for nobody", admin(c -> c.audience(List.of())));
        tokens.put("no subject", admin(c -> c.subject(null)));
        tokens.put("empty subject", admin(c -> c.subject("")));
        tokens.put("subject with a space", admin(c -> c.subject("a b")));
        tokens.put("subject with a line", admin(c -> c.subject("a\nb")));
        tokens.put("long subject", admin(c -> c.subject("s".repeat(256))));
        tokens.put("too long", admin(c -> c.claim("x", "x".repeat(13_000))));
        return tokens;
    }

    private Map<String, String> wrongSignatures() throws JOSEException {
        var good = admin(_ -> {});
        var parts = good.split("\\.", -1);
        var claims = adminClaims();
        var stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("nonsense", "nonsense");
        tokens.put("three words", "a.b.c");
        tokens.put("no signature", parts[0] + "." + parts[1] + ".");
        tokens.put("half a signature", good.substring(0, good.length() - 100));
        tokens.put("changed claims", parts[0] + "." + other(claims) + "." + parts[2]);
        tokens.put("alg none", new PlainJWT(claims).serialize());
        tokens.put("a stranger's key", signed(claims, stranger, header -> {}));
        tokens.put("a stranger's key under our id", signed(claims, stranger, h -> h.keyID(kid())));
        tokens.put(
                "a key that it brings",
                signed(claims, stranger, h -> h.jwk(stranger.toPublicJWK())));
        tokens.put(
                "a key to be fetched",
                signed(claims, stranger, h -> h.jwkURL(URI.create("http://127.0.0.1:1/keys"))));
        tokens.put("a shared secret", withSharedSecret(claims));
        return tokens;
    }

    @Test
    void only_one_bearer_header_counts() {
        var token = admin(_ -> {});
        for (var header :
                List.of("Basic dTpw", token, "Bearer", "Bearer ", "Bearer  ", "Digest " + token)) {
            assertThat(with(header).status()).as(header).isEqualTo(401);
        }
        var twice = wallet.request(PATH).header("Authorization", "Bearer " + token);
        assertThat(wallet.send(twice.header("Authorization", "Bearer " + token).GET()).status())
                .isEqualTo(401);
        var query = wallet.request(PATH + "?access_token=" + token).GET();
        assertThat(wallet.send(query).status()).isEqualTo(401);
        assertThat(with("bearer " + token).status()).isEqualTo(200);
    }

    @Test
    void a_token_without_a_role_of_ours_may_do_nothing() {
        for (var roles : List.of(List.of(), List.of("root"), List.of("ADMIN"), List.of(1, true))) {
            var reply = with("Bearer " + admin(c -> c.claim("roles", roles)));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("forbidden");
        }
        assertThat(with("Bearer " + admin(c -> c.claim("roles", "admin"))).status()).isEqualTo(403);
        assertThat(with("Bearer " + admin(c -> c.claim("roles", null))).status()).isEqualTo(403);
    }

    @Test
    void a_token_that_was_believed_is_not_believed_for_ever() throws InterruptedException {
        // Clocks may differ by five seconds.
        var token = admin(c -> c.expirationTime(in(-2)));
        assertThat(with("Bearer " + token).status()).isEqualTo(200);
        Thread.sleep(5_000);
        assertThat(with("Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void while_the_keys_cannot_be_had_callers_are_asked_to_come_again() {
        var elsewhere = TestWallet.with(Map.of("WALLET_JWKS_URL", "http://127.0.0.1:1/keys"));
        try {
            var reply = elsewhere.get("admin", PATH);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("unavailable");
            assertThat(reply.header("Retry-After")).isNotNull();
        } finally {
            elsewhere.server().close();
        }
    }

    private String admin(Consumer<JWTClaimsSet.Builder> changes) {
        return wallet.tokenWith(
                claims -> {
                    claims.subject("admin").claim("roles", List.of("admin"));
                    changes.accept(claims);
                });
    }

    private static JWTClaimsSet adminClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("http://wallet.local")
                .audience("wallet")
                .subject("admin")
                .claim("roles", List.of("admin"))
                .expirationTime(in(60))
                .build();
    }

    private String kid() {
        var header = wallet.token("admin").split("\\.", -1)[0];
        var json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private static String other(JWTClaimsSet claims) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(
            JWTClaimsSet claims, RSAKey key, Consumer<JWSHeader.Builder> changes)
            throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
        changes.accept(header);
        var token = new SignedJWT(header.build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** Signed with our public key's id as an HMAC secret: an old trick. */
    private String withSharedSecret(JWTClaimsSet claims) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT);
        var token = new SignedJWT(header.keyID(kid()).build(), claims);
        token.sign(new MACSigner(kid().repeat(2).getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private Reply with(String authorization) {
        return wallet.send(wallet.request(PATH).header("Authorization", authorization).GET());
    }
}
