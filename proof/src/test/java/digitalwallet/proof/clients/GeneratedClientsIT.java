package digitalwallet.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.token.LocalIssuer;
import digitalwallet.proof.Repository;
import digitalwallet.proof.WalletProcess;
import digitalwallet.proof.tool.Tool;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that others' generators make of the API document: deposit, purchase, partial refund,
 * transfer, history, balance at a time, a batch, and refusals with their facts, exact to the cent.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class GeneratedClientsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalPostgres postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
    private final LocalIssuer issuer;
    private final WalletProcess wallet;

    GeneratedClientsIT(@TempDir Path folder) {
        issuer = LocalIssuer.openOrCreate(folder.resolve("issuer"));
        wallet = WalletProcess.start("clients", folder, postgres, issuer, FreePort.any());
    }

    enum Client {
        JAVA("java"),
        PYTHON("python"),
        TYPESCRIPT("typescript"),
        GO("go"),
        OAPI_CODEGEN("oapi-codegen");

        private final String folder;

        Client(String folder) {
            this.folder = folder;
        }

        private List<Tool> tools() {
            return switch (this) {
                case JAVA -> List.of(Tool.MAVEN);
                case PYTHON -> List.of(Tool.MAVEN, Tool.PYTHON);
                case TYPESCRIPT -> List.of(Tool.MAVEN, Tool.NODE, Tool.NPM);
                case GO -> List.of(Tool.MAVEN, Tool.GO);
                case OAPI_CODEGEN -> List.of(Tool.GO);
            };
        }
    }

    @BeforeAll
    void awaitWallet() {
        wallet.awaitReady();
    }

    @AfterAll
    void end() {
        wallet.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_generated_client_moves_exactly_what_it_says(Client client)
            throws IOException, InterruptedException {
        var workshop = Workshop.open(client.folder, client.tools());

        var journey =
                workshop.run(
                        Repository.root().resolve("docs/openapi.yaml").toString(),
                        wallet.address().toString(),
                        token(),
                        client.folder);

        assertThat(journey.exitCode()).as(journey.output()).isZero();
        assertThat(journey.output()).contains(client.folder + ": all as it must be");
        // What the client believes is one thing; this is what is in the books.
        assertThat(balance(client.folder + "-alice")).isEqualTo("16777156.96");
        assertThat(balance(client.folder + "-bob")).isEqualTo("5.00");
        assertThat(wallet.fullCheck(issuer)).contains("\"consistent\":true");
    }

    private String balance(String user) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(wallet.address().resolve("/wallets/" + user + "/balance"))
                        .header("Authorization", "Bearer " + token())
                        .build();
        var answer = http.send(request, BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("amount").asString();
    }

    private String token() {
        return issuer.token("system", "shop", Duration.ofHours(1));
    }
}
