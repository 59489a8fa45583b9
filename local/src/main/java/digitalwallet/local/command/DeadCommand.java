package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.supervise.KafkaChild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead",
        description =
                "List, show or retry the queued messages that could not be processed: dead list,"
                        + " dead show ID, dead retry ID.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such message, or Kafka does not run",
            "2:wrong arguments"
        })
final class DeadCommand implements Callable<Integer> {

    private static final String MAIN = "digitalwallet.server.Dead";

    private static final String QUEUE_KEY = "WALLET_QUEUE_KEY_FILE";

    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "list | show | retry", description = "What to do.")
    private String action = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "Which one: a number from the list.",
            defaultValue = "")
    private String id = "";

    @Override
    public Integer call() {
        var folder = data.folder();
        var kafka = RunningWallet.find(folder).map(Running::kafka).orElse("");
        if (kafka.isEmpty()) {
            throw new LocalFailure(
                    "The wallet on "
                            + folder
                            + " does not run with Kafka; start it with ./wallet up.");
        }
        var arguments = new ArrayList<>(List.of(action));
        if (!id.isEmpty()) {
            arguments.add(id);
        }
        return ServerProgram.run(folder, MAIN, "-Xmx128m", variables(folder, kafka), arguments);
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
