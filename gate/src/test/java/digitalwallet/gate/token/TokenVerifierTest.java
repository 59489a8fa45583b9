package digitalwallet.gate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.Variables;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edges of what a token may say; the same for every process. */
final class TokenVerifierTest {

    @TempDir private Path folder;
    private LocalIssuer issuer;
    private Path keys;
    private TokenVerifier verifier;

    @BeforeEach
    void open() throws Exception {
        issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        keys = folder.resolve("keys");
        Files.copy(Path.of(issuer.jwksUri()), keys);
        verifier =
                new TokenVerifier(
                        new TokenSettings(issuer.issuer(), issuer.audience(), keys.toUri(), 100),
                        InstantSource.system());
    }

    @Test
    void a_time_beyond_all_times_is_not_believed() {
        var beyond = new BigInteger("1" + "0".repeat(30));
        for (var name : List.of("nbf", "exp", "iat")) {
            for (Object time : List.of(beyond, 1e30, Long.MAX_VALUE, -1, "soon")) {
                assertThatThrownBy(() -> verifier.verify(token(c -> c.claim(name, time))))
                        .as(name + " " + time)
                        .isInstanceOf(InvalidTokenException.class);
            }
        }
        assertThat(verifier.verify(token(c -> c.claim("nbf", 1))).id()).isEqualTo("alice");
    }

    @Test
    void roles_that_are_no_list_of_known_words_are_none() {
        for (Object roles : List.of("admin", Map.of("admin", true), List.of("Admin", 7), 7)) {
            assertThat(verifier.verify(token(c -> c.claim("roles", roles))).roles()).isEmpty();
        }
        var some = List.of("god", "user");
        assertThat(verifier.verify(token(c -> c.claim("roles", some))).roles())
                .containsExactly(Role.USER);
    }

    @Test
    void the_tokens_of_a_key_that_is_removed_end() throws Exception {
        var token = token(_ -> {});
        assertThat(verifier.verify(token).id()).isEqualTo("alice");
        var other = LocalIssuer.openOrCreate(folder.resolve("other"));
        Files.copy(Path.of(other.jwksUri()), keys, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThatThrownBy(() -> verifier.verify(token))
                                        .isInstanceOf(InvalidTokenException.class));
    }

    @Test
    void keys_come_unencrypted_from_this_machine_only() {
        for (var here : List.of("http://127.0.0.1:8/k", "http://localhost/k", "http://[::1]/k")) {
            assertThat(read(here).jwks()).isEqualTo(URI.create(here));
        }
        assertThat(read("https://issuer.example/k").jwks().getHost()).isEqualTo("issuer.example");
        for (var there : List.of("http://issuer.example/k", "http://127.0.0.1.example/k")) {
            assertThatThrownBy(() -> read(there))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("https");
        }
    }

    private static TokenSettings read(String jwks) {
        var variables = new Variables("A_", "a process", TokenVariables.ALL);
        var values = Map.of("A_ISSUER", "i", "A_AUDIENCE", "a", "A_JWKS_URL", jwks);
        return TokenVariables.read(Environment.read(variables, values));
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.issuer())
                        .audience(issuer.audience())
                        .subject("alice")
                        .claim("roles", List.of("user"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        change.accept(claims);
        return issuer.sign(claims.build());
    }
}
