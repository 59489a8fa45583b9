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
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "producer",
        description =
                "Add, list, rotate or remove the services that write commands to Kafka themselves:"
                        + " producer add NAME, producer list, producer rotate NAME, producer remove"
                        + " NAME. A running wallet follows within seconds.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it could not be done", "2:wrong arguments"})
final class ProducerCommand implements Callable<Integer> {

    private static final int WRONG_ARGUMENTS = 2;
    private static final Pattern AMOUNT =
            Pattern.compile("([A-Z]{3}):([0-9]{1,15}(\\.[0-9]{1,4})?)");

    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "add | list | rotate | remove", description = "What to do.")
    private String action = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which one; its messages name it as their source.",
            defaultValue = "")
    private String name = "";

    @Option(
            names = "--verbs",
            paramLabel = "VERB",
            split = ",",
            description = "What it may send (default: all that can be queued).")
    private List<String> verbs = List.of();

    @Option(
            names = "--up-to",
            paramLabel = "AMOUNT",
            split = ",",
            description =
                    "The most that one command of it moves, by currency; none in any other"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "USD:1000.00")
    private List<String> amounts = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var folder = data.folder().created().prepared();
        var registry = ProducerRegistry.in(folder.producers());
        var out = spec.commandLine().getOut();
        if (action.equals("list") == name.isEmpty()) {
            switch (action) {
                case "list" -> list(registry, out);
                case "add" -> out.println(registry.add(name, allowed(), most()));
                case "rotate" -> {
                    out.println(registry.rotate(name));
                    out.println("The key before is believed until the next rotation.");
                }
                case "remove" -> {
                    registry.remove(name);
                    out.println("removed");
                }
                default -> {
                    return wrongArguments();
                }
            }
            tellBroker(folder, registry);
            return 0;
        }
        return wrongArguments();
    }

    /** A producer has an account at the broker, too; one that starts later asks by itself. */
    private static void tellBroker(DataFolder folder, ProducerRegistry registry) {
        var kafka = RunningWallet.find(folder).map(Running::kafka).orElse("");
        var names = registry.producers().keySet();
        if (LocalKafka.isAt(folder.kafka(), kafka)
                && !LocalKafka.grant(folder.kafka(), folder.log("kafka"), names)) {
            throw new LocalFailure(
                    "The registry is changed, but Kafka does not take its accounts now: see "
                            + folder.log("kafka")
                            + "; the next start of the wallet tells it again.");
        }
    }

    private int wrongArguments() {
        spec.commandLine()
                .getErr()
                .println("Usage: wallet producer add NAME | list | rotate NAME | remove NAME");
        return WRONG_ARGUMENTS;
    }

    private List<String> allowed() {
        for (var verb : verbs) {
            if (!ProducerRegistry.VERBS.contains(verb)) {
                throw new LocalFailure(
                        "A producer sends " + String.join(", ", ProducerRegistry.VERBS) + ".");
            }
        }
        return verbs.isEmpty() ? ProducerRegistry.VERBS : verbs;
    }

    private Map<String, String> most() {
        var most = new TreeMap<String, String>();
        for (var amount : amounts) {
            var parts = AMOUNT.matcher(amount);
            if (!parts.matches()) {
                throw new LocalFailure("Amounts are written like USD:1000.00,EUR:500.00.");
            }
            most.put(parts.group(1), parts.group(2));
        }
        return most;
    }

    private static void list(ProducerRegistry registry, PrintWriter out) {
        var producers = registry.producers();
        if (producers.isEmpty()) {
            out.println("no producers");
        }
        producers.values().forEach(each -> out.println(line(each)));
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
}
