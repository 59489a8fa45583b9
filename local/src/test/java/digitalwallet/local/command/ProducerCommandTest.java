package digitalwallet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.producer.ProducerRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProducerCommandTest {

    private record Run(int code, String output) {}

    @TempDir private Path folder;

    @BeforeEach
    void aWalletHasRunHere() throws IOException {
        Files.createDirectories(
                DataFolder.at(folder).created().prepared().postgres().resolve("data"));
    }

    @Test
    void a_producer_gets_a_key_that_is_its_owners_alone_and_stands_in_the_registry()
            throws IOException {
        var added =
                producer("add", "orders", "--verbs", "deposit,refund", "--up-to", "USD:5,EUR:1.50");
        var key = Path.of(added.output().strip());

        assertThat(added.code()).isZero();
        assertThat(Files.size(key)).isEqualTo(32);
        for (var file : List.of(key, registry().file())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(registry().producers())
                .containsOnly(
                        Map.entry(
                                "orders",
                                new ProducerRegistry.Producer(
                                        "orders",
                                        List.of("orders.key"),
                                        List.of("system"),
                                        List.of("deposit", "refund"),
                                        Map.of("USD", "5", "EUR", "1.50"))));
        assertThat(producer("list").output())
                .isEqualTo(
                        "orders may send deposit,refund up to EUR:1.50,USD:5, signed with"
                                + " orders.key\n");
        assertThat(producer("add", "orders").code()).isEqualTo(1);
    }

    @Test
    void a_rotated_key_keeps_its_file_and_the_one_before_stays_beside_it() throws IOException {
        var key = Path.of(producer("add", "orders").output().strip());
        var before = Files.readAllBytes(key);
        assertThat(producer("rotate", "orders").output()).startsWith(key + "\n");
        assertThat(Files.readAllBytes(key)).isNotEqualTo(before);
        assertThat(Files.readAllBytes(key.resolveSibling("orders.previous.key"))).isEqualTo(before);
        assertThat(registry().producers().values())
                .flatExtracting(ProducerRegistry.Producer::keys)
                .containsExactly("orders.key", "orders.previous.key");
        assertThat(producer("remove", "orders").code()).isZero();
        assertThat(producer("list").output()).isEqualTo("no producers\n");
        assertThat(key).doesNotExist();
    }

    @Test
    void what_is_wrong_is_said_and_changes_nothing() {
        assertThat(producer("add", "../x").code()).isEqualTo(1);
        assertThat(producer("add", "wallet").code()).isEqualTo(1);
        assertThat(producer("add", "a", "--verbs", "freeze").code()).isEqualTo(1);
        assertThat(producer("add", "a", "--up-to", "5 USD").code()).isEqualTo(1);
        assertThat(producer("rotate", "nobody").output())
                .isEqualTo("There is no producer nobody.\n");
        assertThat(producer("add").code()).isEqualTo(2);
        assertThat(producer("burn", "a").code()).isEqualTo(2);
        assertThat(producer("list").output()).isEqualTo("no producers\n");
    }

    /** The amounts that the server's reader of the registry refuses: ProducersFile. */
    @ParameterizedTest
    @CsvSource({
        "USD:10.001, USD:10.001: the amount has too many decimals: USD has at most 2.",
        "ZZZ:1, There is no currency ZZZ.",
        "USD:0, USD:0: the amount is not greater than zero: send one that is.",
        "usd:1, There is no currency usd.",
        "'USD:1,USD:2', USD has two amounts; give one.",
    })
    void an_amount_that_no_server_could_read_is_refused(String amount, String sentence) {
        assertThat(producer("add", "bad", "--up-to", amount))
                .isEqualTo(new Run(1, sentence + "\n"));
        assertThat(producer("list").output()).isEqualTo("no producers\n");
        assertThat(folder.resolve("producers/bad.key")).doesNotExist();
    }

    @Test
    void a_producer_of_a_folder_where_no_wallet_has_run_comes_with_a_warning() {
        var elsewhere = folder.resolve("elsewhere").toString();
        assertThat(producer("list", "--data", elsewhere).output())
                .startsWith("There are no producers in " + elsewhere + "; ");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(producer("add", "orders", "--data", elsewhere).output())
                .startsWith("No wallet has ever run in " + elsewhere + ", ")
                .contains("--data")
                .endsWith("/orders.key\n");
    }

    private ProducerRegistry registry() {
        return ProducerRegistry.in(folder.resolve("producers"));
    }

    private Run producer(String... arguments) {
        var all = new ArrayList<>(List.of("producer"));
        all.addAll(List.of(arguments));
        if (!all.contains("--data")) {
            all.addAll(List.of("--data", folder.toString()));
        }
        var output = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(output, true))
                        .setErr(new PrintWriter(output, true))
                        .execute(all.toArray(String[]::new));
        return new Run(code, output.toString());
    }
}
