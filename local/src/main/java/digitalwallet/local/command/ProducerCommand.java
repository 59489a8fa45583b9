package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.local.producer.ProducerRegistry.Producer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "producer",
        description =
                "Add, list, rotate or remove the services that write commands to Kafka themselves:"
                        + " producer add NAME, producer list, producer rotate NAME, producer remove"
                        + " NAME. A running wallet follows within seconds.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it could not be done", "2:wrong arguments"},
        scope = ScopeType.INHERIT)
final class ProducerCommand {

    @Mixin private DataOption data = new DataOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(name = "add", description = "Add one, and print the file of its new key.")
    int add(
            @Parameters(
                            paramLabel = "NAME",
                            description =
                                    "What it is called; its messages name it as their source.")
                    String name,
            @Option(
                            names = "--verbs",
                            paramLabel = "VERB",
                            split = ",",
                            description = "What it may send (default: all that can be queued).")
                    @Nullable List<String> verbs,
            @Option(
                            names = "--up-to",
                            paramLabel = "AMOUNT",
                            split = ",",
                            description =
                                    "The most that one command of it moves, by currency; none in"
                                            + " any other (default: ${DEFAULT-VALUE}).",
                            defaultValue = "USD:1000.00")
                    List<String> amounts) {
        var most = most(amounts);
        var folder = data.folder().created().prepared();
        var registry = ProducerRegistry.in(folder.producers());
        var key = registry.add(name, verbs == null ? ProducerRegistry.VERBS : verbs, most);
        data.warnIfNew(folder, spec.commandLine().getErr(), "knows this producer");
        out().println(key);
        return told(folder, registry);
    }

    @Command(name = "list", description = "List them, with what they may do.")
    int list() {
        var folder = existing();
        var registry = ProducerRegistry.in(folder.producers());
        var producers = registry.producers();
        if (producers.isEmpty()) {
            out().println("no producers");
        }
        producers.values().forEach(each -> out().println(line(each)));
        return told(folder, registry);
    }

    @Command(
            name = "rotate",
            description = "Give one a new key; the one before is believed until the next time.")
    int rotate(
            @Parameters(paramLabel = "NAME", description = "A name from the list.") String name) {
        var folder = existing();
        var registry = ProducerRegistry.in(folder.producers());
        out().println(registry.rotate(name));
        out().println("The key before is believed until the next rotation.");
        return told(folder, registry);
    }

    @Command(name = "remove", description = "Remove one: from now on nothing of it is believed.")
    int remove(
            @Parameters(paramLabel = "NAME", description = "A name from the list.") String name) {
        var folder = existing();
        var registry = ProducerRegistry.in(folder.producers());
        registry.remove(name);
        out().println("removed");
        return told(folder, registry);
    }

    /** Only who adds one may mean a new folder. */
    private DataFolder existing() {
        var folder = data.folder();
        if (!folder.exists()) {
            throw new LocalFailure(
                    "There are no producers in " + folder + "; " + DataOption.ELSEWHERE + ".");
        }
        return folder.created().prepared();
    }

    /** A producer has an account at the broker, too; one that starts later asks by itself. */
    private static int told(DataFolder folder, ProducerRegistry registry) {
        var kafka = RunningWallet.find(folder).map(Running::kafka).orElse("");
        var names = registry.producers().keySet();
        if (LocalKafka.isAt(folder.kafka(), kafka)
                && !LocalKafka.grant(folder.kafka(), folder.log("kafka"), names)) {
            throw new LocalFailure(
                    "The registry is changed, but Kafka does not take its accounts now: see "
                            + folder.log("kafka")
                            + "; the next start of the wallet tells it again.");
        }
        return 0;
    }

    private static Map<String, String> most(List<String> amounts) {
        var most = new TreeMap<String, String>();
        for (var amount : amounts) {
            var colon = amount.indexOf(':');
            if (colon < 0) {
                throw new LocalFailure("Amounts are written like USD:1000.00,EUR:500.00.");
            }
            var currency = amount.substring(0, colon);
            if (most.put(currency, amount.substring(colon + 1)) != null) {
                throw new LocalFailure(currency + " has two amounts; give one.");
            }
        }
        return most;
    }

    private static String line(Producer producer) {
        var most =
                producer.amountMax().entrySet().stream()
                        .map(amount -> amount.getKey() + ":" + amount.getValue())
                        .collect(Collectors.joining(","));
        return "%s may send %s up to %s, signed with %s"
                .formatted(
                        producer.source(),
                        String.join(",", producer.verbs()),
                        most,
                        String.join(" or ", producer.keys()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
