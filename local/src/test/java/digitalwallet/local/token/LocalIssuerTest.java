package digitalwallet.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import digitalwallet.local.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalIssuerTest {

    @TempDir private Path folder;

    @Test
    void a_token_verifies_with_the_published_key_and_says_who_calls_and_until_when()
            throws Exception {
        var issuer = LocalIssuer.openOrCreate(folder);
        var token = SignedJWT.parse(issuer.token("support", "support-7", Duration.ofMinutes(30)));
        var published = JWKSet.load(Path.of(issuer.jwksUri()).toFile());
        var key = published.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(issuer.issuer());
        assertThat(claims.getAudience()).containsExactly(issuer.audience());
        assertThat(claims.getSubject()).isEqualTo("support-7");
        assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("support"));
        assertThat(claims.getJWTID()).isNotBlank();
        var lifetime =
                Duration.between(
                        claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
        assertThat(lifetime).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void the_keys_are_made_once_and_the_private_half_stays_private() throws Exception {
        var first = LocalIssuer.openOrCreate(folder);
        var again = LocalIssuer.openOrCreate(folder);
        var one = SignedJWT.parse(first.token("user", "alice", Duration.ofHours(1)));
        var two = SignedJWT.parse(again.token("user", "alice", Duration.ofHours(1)));
        assertThat(one.getHeader().getKeyID()).isEqualTo(two.getHeader().getKeyID());
        var rights = Files.getPosixFilePermissions(folder.resolve("private-key.json"));
        assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
        assertThat(Files.readString(Path.of(first.jwksUri()))).doesNotContain("\"d\"");
    }

    @Test
    void an_unknown_role_and_a_strange_id_are_refused_in_one_sentence() {
        var issuer = LocalIssuer.openOrCreate(folder);
        assertThatThrownBy(() -> issuer.token("root", "alice", Duration.ofHours(1)))
                .isInstanceOf(LocalFailure.class)
                .hasMessage(
                        "There is no role root; the roles are user, system, support, auditor,"
                                + " admin.");
        assertThatThrownBy(() -> issuer.token("user", "al ice", Duration.ofHours(1)))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("this is not: al ice");
    }

    @Test
    void a_lifetime_is_written_with_a_unit() {
        assertThat(TokenLifetime.parse("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(TokenLifetime.parse("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(TokenLifetime.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(TokenLifetime.parse("7d")).isEqualTo(Duration.ofDays(7));
        for (var wrong : List.of("", "1", "h", "-1h", "0s", "1w", "1.5h", "99999999d")) {
            assertThatThrownBy(() -> TokenLifetime.parse(wrong)).isInstanceOf(LocalFailure.class);
        }
    }
}
