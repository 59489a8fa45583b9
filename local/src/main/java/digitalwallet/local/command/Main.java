package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./wallet}; the script itself handles the others. */
@Command(
        name = "wallet",
        description =
                "A digital wallet on this machine: real PostgreSQL, real Kafka, one server,"
                        + " nothing to install.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            StopCommand.class,
            StatusCommand.class,
            TokenCommand.class,
            DbCommand.class,
            VerifyCommand.class,
            DeadCommand.class,
            ProducerCommand.class,
            KafkaCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Also:",
            "  test [NAME...] [--long]  run all tests, or those whose class names match",
            "  bench [NAME...]          run all benchmarks, or some",
            "  jdk                      print which JDK this script has found"
        })
public final class Main {

    private static final int FAILED = 1;

    /** The version that the build gave this program. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            var properties = new Properties();
            try (var in = Main.class.getResourceAsStream("version.properties")) {
                properties.load(Objects.requireNonNull(in));
            }
            return new String[] {"wallet " + properties.getProperty("version")};
        }
    }

    private Main() {}

    /** Exits with the subcommand's exit code; 2 when the arguments are wrong. */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new Main()).setExecutionExceptionHandler(Main::oneSentence);
        var usual = line.getParameterExceptionHandler();
        return line.setParameterExceptionHandler(
                (wrong, arguments) -> {
                    int exitCode = usual.handleParseException(wrong, arguments);
                    if (arguments.length > 1 && arguments[0].startsWith("-")) {
                        line.getErr()
                                .println(
                                        "Options stand behind the command: wallet status --data"
                                                + " DIR");
                    }
                    return exitCode;
                });
    }

    private static int oneSentence(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(failure instanceof LocalFailure)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        return command.getCommandSpec().userObject() instanceof VerifyCommand
                ? VerifyCommand.COULD_NOT_CHECK
                : FAILED;
    }
}
