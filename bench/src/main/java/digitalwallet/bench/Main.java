package digitalwallet.bench;

import digitalwallet.bench.measure.BenchRun;
import digitalwallet.bench.measure.Json;
import digitalwallet.bench.measure.Result;
import digitalwallet.bench.measure.Table;
import digitalwallet.bench.soak.SoakCommand;
import digitalwallet.bench.suite.Benchmark;
import digitalwallet.bench.suite.Suite;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The benchmarks' command line: {@code ./wallet bench}. */
@Command(
        name = "wallet bench",
        description = "Measure the wallet, each figure beside its comparison from the same run.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it ran, whatever the figures",
            "1:it could not run, or the books were wrong afterwards",
            "2:wrong arguments"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = SoakCommand.class)
public final class Main implements Callable<Integer> {

    private static final List<Benchmark> BENCHMARKS = Suite.all();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Which benchmarks run (default: all); they are listed below.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Short runs, ten minutes in all (default).")
    private boolean quick;

    @Option(names = "--full", description = "Long runs: medians of five pairs, millions of rows.")
    private boolean full;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the table as JSON.")
    private @Nullable Path json;

    @Spec private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Exits with 0 when the benchmarks ran, 1 when they could not, 2 for wrong arguments. */
    public static void main(String... arguments) {
        // What libraries say about each new database is not about the measurements.
        LogManager.getLogManager().reset();
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(
                run(
                        new PrintWriter(System.out, true, System.out.charset()),
                        new PrintWriter(System.err, true, System.err.charset()),
                        arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var command =
                new CommandLine(new Main())
                        .setOut(out)
                        .setErr(err)
                        .setParameterExceptionHandler(
                                (failure, _) -> {
                                    err.println(failure.getMessage());
                                    return 2;
                                });
        command.getCommandSpec().usageMessage().footer(footer());
        return command.execute(arguments);
    }

    private static String[] footer() {
        var lines = new ArrayList<>(List.of("", "Benchmarks:"));
        BENCHMARKS.forEach(
                b ->
                        lines.add(
                                "  %-9s %s"
                                        .formatted(b.name(), b.description().replace("%", "%%"))));
        return lines.toArray(String[]::new);
    }

    @Override
    public Integer call() throws Exception {
        if (quick && full) {
            throw wrong("A run is either --quick or --full.");
        }
        var chosen = chosen();
        var results = new ArrayList<Result>();
        try (var run = BenchRun.start(full)) {
            for (var benchmark : chosen) {
                run.say(benchmark.name() + ": " + benchmark.description());
                results.addAll(benchmark.run(run));
            }
            var out = spec.commandLine().getOut();
            out.println(run.described());
            out.println();
            Table.lines(results).forEach(out::println);
        }
        if (json != null) {
            Files.writeString(json, Json.of(results));
        }
        return 0;
    }

    private List<Benchmark> chosen() {
        for (var name : names) {
            if (BENCHMARKS.stream().noneMatch(b -> b.name().equals(name))) {
                throw wrong(
                        "There is no benchmark "
                                + name
                                + "; there are "
                                + String.join(
                                        ", ", BENCHMARKS.stream().map(Benchmark::name).toList())
                                + ".");
            }
        }
        return BENCHMARKS.stream()
                .filter(b -> names.isEmpty() || names.contains(b.name()))
                .toList();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
