package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.BrokerAccounts;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.producer.ProducerRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "kafka",
        description =
                "Print a client.properties for the running Kafka: yours, which may read everything,"
                        + " or that of a producer. It holds a password.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "1:its own Kafka does not run, or there is no such producer",
            "2:wrong arguments"
        })
final class KafkaCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "PRODUCER",
            arity = "0..1",
            description = "A name from producer list (default: you).",
            defaultValue = "")
    private String producer = "";

    @Option(
            names = "--librdkafka",
            description = "As librdkafka wants it: kcat, confluent-kafka and others.")
    private boolean librdkafka;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var folder = data.folder();
        var kafka = RunningWallet.find(folder).map(Running::kafka).orElse("");
        if (!LocalKafka.isAt(folder.kafka(), kafka)) {
            throw data.notRunning("runs no Kafka of its own");
        }
        if (!producer.isEmpty()
                && !ProducerRegistry.in(folder.producers()).producers().containsKey(producer)) {
            throw new LocalFailure("There is no producer " + producer + ".");
        }
        var account = producer.isEmpty() ? BrokerAccounts.OWNER : BrokerAccounts.producer(producer);
        var accounts = BrokerAccounts.of(folder.kafka());
        var login = librdkafka ? accounts.librdkafkaClient(account) : accounts.client(account);
        var out = spec.commandLine().getOut();
        out.println("bootstrap.servers=" + kafka);
        login.forEach((name, value) -> out.println(name + "=" + value));
        return 0;
    }
}
