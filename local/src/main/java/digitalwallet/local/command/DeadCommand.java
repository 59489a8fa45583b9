package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.supervise.KafkaChild;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

@Command(
        name = "dead",
        description =
                "List, show or retry the queued messages that could not be processed: dead list,"
                        + " dead show ID, dead retry ID.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such message, or Kafka does not run",
            "2:wrong arguments"
        },
        scope = ScopeType.INHERIT)
final class DeadCommand {

    private static final String MAIN = "digitalwallet.server.Dead";

    private static final String QUEUE_KEY = "WALLET_QUEUE_KEY_FILE";

    @Mixin private DataOption data = new DataOption();

    @Command(name = "list", description = "List those that were not retried.")
    int list() {
        return run("list");
    }

    @Command(name = "show", description = "Print one as it came.")
    int show(
            @Parameters(paramLabel = "ID", description = "Which one: a number from the list.")
                    String id) {
        return run("show", id);
    }

    @Command(name = "retry", description = "Send one again to the topic that it came from.")
    int retry(
            @Parameters(paramLabel = "ID", description = "Which one: a number from the list.")
                    String id) {
        return run("retry", id);
    }

    private int run(String... arguments) {
        var folder = data.folder();
        var kafka = RunningWallet.find(folder).map(Running::kafka).orElse("");
        if (kafka.isEmpty()) {
            throw data.notRunning("does not run with Kafka");
        }
        return ServerProgram.run(
                folder, MAIN, "-Xmx128m", variables(folder, kafka), List.of(arguments));
    }

    /** Whom the brokers know, and the key by which the wallet's own letters are recognised. */
    private static Map<String, String> variables(DataFolder folder, String kafka) {
        var variables = new HashMap<>(Map.of(QUEUE_KEY, folder.queueKey().toString()));
        variables.keySet().removeAll(System.getenv().keySet());
        variables.put(Broker.BOOTSTRAP, kafka);
        if (LocalKafka.isAt(folder.kafka(), kafka)) {
            new KafkaChild(folder)
                    .login(BrokerAccounts.OWNER)
                    .forEach((name, value) -> variables.put("WALLET_" + name, value));
        }
        return variables;
    }
}
