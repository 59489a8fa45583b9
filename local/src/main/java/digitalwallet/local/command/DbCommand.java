package digitalwallet.local.command;

import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "db",
        description =
                "Print a connection URL for psql while the wallet runs:%n"
                        + "psql \"$(./wallet db)\"",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:the wallet does not run", "2:wrong arguments"})
final class DbCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Option(
            names = "--owner",
            description = "As the owner of the schema, who may change it; default: read-only.")
    private boolean owner;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var folder = data.folder();
        var port = RunningWallet.find(folder).map(Running::postgresPort).orElse(0);
        if (port == 0) {
            throw data.notRunning("does not run");
        }
        var passfile =
                URLEncoder.encode(
                                PostgresAccess.passfile(folder.postgres()).toString(),
                                StandardCharsets.UTF_8)
                        .replace("+", "%20");
        var user = owner ? LocalPostgres.OWNER : LocalPostgres.READER;
        spec.commandLine()
                .getOut()
                .printf(
                        "postgresql://%s@127.0.0.1:%d/%s?passfile=%s%n",
                        user, port, LocalPostgres.DATABASE, passfile);
        return 0;
    }
}
