package digitalwallet.local.command;

import digitalwallet.local.token.LocalIssuer;
import digitalwallet.local.token.TokenLifetime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = "Print a token for a caller of the wallet, whether it runs or not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:no such role, id or lifetime", "2:wrong arguments"})
final class TokenCommand implements Callable<Integer> {

    @Mixin private DataOption data = new DataOption();

    @Parameters(
            index = "0",
            paramLabel = "ROLE",
            description = "user, system, support, auditor or admin")
    private String role = "";

    @Parameters(
            index = "1",
            paramLabel = "ID",
            arity = "0..1",
            description = "The caller's id (default: the role).")
    private @Nullable String id;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long it is good for, such as 30m or 1h (default: ${DEFAULT-VALUE}).",
            defaultValue = "1h")
    private String ttl = "1h";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var lifetime = TokenLifetime.parse(ttl);
        LocalIssuer.requireRole(role);
        var folder = data.folder().created().prepared();
        data.warnIfNew(folder, spec.commandLine().getErr(), "accepts this token");
        var issuer = LocalIssuer.openOrCreate(folder.issuer());
        spec.commandLine().getOut().println(issuer.token(role, id == null ? role : id, lifetime));
        return 0;
    }
}
