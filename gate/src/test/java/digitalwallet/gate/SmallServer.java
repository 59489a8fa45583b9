package digitalwallet.gate;

import digitalwallet.gate.token.TokenSettings;
import digitalwallet.gate.token.TokenVerifier;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.process.WebServer;
import digitalwallet.process.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The small process while it listens, with an issuer of its own. */
record SmallServer(LocalIssuer issuer, WebServer web, SimpleMeterRegistry registry)
        implements AutoCloseable {

    static final int CONNECTIONS_MAX = 100;
    static final int CONNECTIONS_PER_ADDRESS_MAX = 50;
    static final int BODY_BYTES_MAX = 256 << 10;

    static SmallServer open(Path folder, Set<String> corsOrigins) {
        return open(LocalIssuer.openOrCreate(folder), SmallProcess.Whole.class, corsOrigins);
    }

    static SmallServer open(LocalIssuer issuer, Class<?> configuration, Set<String> corsOrigins) {
        var tokens = new TokenSettings(issuer.issuer(), issuer.audience(), issuer.jwksUri(), 100);
        var settings =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        CONNECTIONS_MAX,
                        CONNECTIONS_PER_ADDRESS_MAX,
                        BODY_BYTES_MAX,
                        corsOrigins,
                        "127.0.0.1",
                        0,
                        Duration.ZERO);
        var verifier = new TokenVerifier(tokens, InstantSource.system());
        var registry = new SimpleMeterRegistry();
        var content =
                new WebServer.Content(
                        configuration, Map.of(TokenVerifier.class, verifier), Map.of());
        return new SmallServer(issuer, WebServer.open(settings, content, registry), registry);
    }

    int port() {
        return web.port();
    }

    String token(String role) {
        return issuer.token(role, role, Duration.ofMinutes(5));
    }

    @Override
    public void close() {
        web.close();
    }
}
