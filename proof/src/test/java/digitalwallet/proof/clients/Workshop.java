package digitalwallet.proof.clients;

import digitalwallet.proof.Repository;
import digitalwallet.proof.tool.Script;
import digitalwallet.proof.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of proof/clients, with a script that fetches what is needed and one that runs; what they
 * make stays under proof/target, so that nothing is fetched twice.
 */
final class Workshop {

    private final Path scripts;
    private final Path made;

    private Workshop(Path scripts, Path made) {
        this.scripts = scripts;
        this.made = made;
    }

    /** Opens it, with all it needs; otherwise the test is skipped. */
    static Workshop open(String name, List<Tool> tools) {
        tools.forEach(Tool::require);
        var proof = Repository.root().resolve("proof");
        var workshop =
                new Workshop(
                        proof.resolve("clients").resolve(name),
                        proof.resolve("target/clients").resolve(name));
        workshop.fetch();
        return workshop;
    }

    /** Runs its script. */
    Script run(String... arguments) {
        return script("run.sh", arguments);
    }

    private void fetch() {
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var fetched = script("get.sh");
        if (!fetched.isSuccess()) {
            Tool.missing("what " + scripts.getFileName() + " needs: " + fetched.output());
        }
    }

    private Script script(String name, String... arguments) {
        var command = new ArrayList<String>();
        command.add(scripts.resolve(name).toString());
        command.add(made.toString());
        command.addAll(List.of(arguments));
        return Script.run(scripts, command.toArray(String[]::new));
    }
}
