package digitalwallet.process.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All variables of one process, in the order in which they are documented.
 *
 * @param prefix how their names begin: {@code WALLET_}
 * @param process what the process is called in a sentence: "the payments service"
 */
public record Variables(String prefix, String process, List<Variable<?>> all) {

    private static final Pattern SERVICE = Pattern.compile("(.+_)?SERVICE_(HOST|PORT(_.+)?)");
    private static final Pattern PORT =
            Pattern.compile("(.+_)?PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");
    private static final Pattern PART_OF_PORT =
            Pattern.compile("(.+_)?PORT_[0-9]+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)");
    private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Copies the list. */
    public Variables {
        all = List.copyOf(all);
    }

    /** The variables of several groups, one group after the other. */
    @SafeVarargs
    public static Variables of(String prefix, String process, List<Variable<?>>... groups) {
        var all = new ArrayList<Variable<?>>();
        for (var group : groups) {
            all.addAll(group);
        }
        return new Variables(prefix, process, all);
    }

    /** The name in the environment. */
    public String word(Variable<?> variable) {
        return prefix + variable.name();
    }

    /** As a table in Markdown, for the page that documents them. */
    public String table() {
        return all.stream()
                .map(this::row)
                .collect(
                        Collectors.joining(
                                "",
                                "| variable | value | default | meaning |\n|---|---|---|---|\n",
                                ""));
    }

    private String row(Variable<?> variable) {
        var usual = variable.usual();
        var shown = usual == null ? "*required*" : usual.isEmpty() ? "" : "`" + usual + "`";
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        word(variable),
                        variable.isSecret() ? "a secret" : variable.kind().expected(),
                        shown,
                        variable.meaning());
    }

    /**
     * Makes sure that nothing is misspelt.
     *
     * @throws InvalidSettingException when a variable has the prefix and is not declared
     */
    void requireKnown(String name, String value) {
        if (name.startsWith(prefix)
                && !words().contains(name)
                && !isOfKubernetes(name.substring(prefix.length()), value)) {
            throw new InvalidSettingException(
                    name
                            + " is not a variable of "
                            + process
                            + "; see docs/operations/configuration.md.");
        }
    }

    private Set<String> words() {
        return all.stream().map(this::word).collect(Collectors.toUnmodifiableSet());
    }

    /** What Kubernetes puts into every container for a service that has the process's name. */
    private static boolean isOfKubernetes(String name, String value) {
        return SERVICE.matcher(name).matches()
                || PART_OF_PORT.matcher(name).matches()
                || (PORT.matcher(name).matches() && URL.matcher(value).matches());
    }
}
