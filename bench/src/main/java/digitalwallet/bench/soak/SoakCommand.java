package digitalwallet.bench.soak;

import digitalwallet.bench.load.LocalWallet;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The soak's command line: {@code ./wallet bench soak}. */
@Command(
        name = "soak",
        description =
                "Keep a wallet of its own under mixed hostile traffic, with customers beside it,"
                        + " and watch its memory. Needs Linux.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all customers were served, nothing died, the books are right and memory is flat",
            "1:not so; the last lines say what",
            "2:wrong arguments"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long the hostile traffic lasts (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int minutes;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "Also write all samples, as comma-separated values.")
    private @Nullable Path samples;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (minutes < 1) {
            throw new ParameterException(spec.commandLine(), "A soak lasts at least a minute.");
        }
        if (!Path.of("/proc/self/smaps_rollup").toFile().exists()) {
            throw new ParameterException(spec.commandLine(), "A soak needs Linux.");
        }
        var out = spec.commandLine().getOut();
        try (var wallet = LocalWallet.upInNewFolder()) {
            wallet.awaitAll();
            var findings = new Soak(wallet, minutes, out::println).run(samples);
            findings.lines().forEach(out::println);
            return findings.isGood() ? 0 : 1;
        }
    }
}
