package digitalwallet.process.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of a process's variables, read as what they are meant to be. */
public final class Environment {

    private static final String MASK = "***";
    private static final Pattern SECRET_IN_ADDRESS =
            Pattern.compile(
                    "(?<=//)[^/?#]*(?=@)"
                            + "|(?<=[?&;][^=&;]{0,64}(password|secret|token|api.?key)=)[^&;]*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern MAY_HOLD_SECRET = Pattern.compile("[@=]");

    private final Variables declared;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Environment(Variables declared) {
        this.declared = declared;
    }

    /**
     * Reads a process's environment.
     *
     * @param variables the whole environment, including variables that are not this process's
     * @throws InvalidSettingException when one of this process is unknown, missing or makes no
     *     sense
     */
    public static Environment read(Variables declared, Map<String, String> variables) {
        return read(declared, declared.all(), variables);
    }

    /**
     * Reads only some of them, for a part of the process; all of them are known.
     *
     * @throws InvalidSettingException when one is unknown, or one of these missing or makes no
     *     sense
     */
    public static Environment read(
            Variables declared, Collection<Variable<?>> wanted, Map<String, String> variables) {
        variables.forEach(declared::requireKnown);
        var environment = new Environment(declared);
        for (var variable : wanted) {
            var given = variables.get(declared.word(variable));
            var value = given == null || given.isEmpty() ? variable.usual() : given;
            if (value == null) {
                throw environment.missing(variable);
            }
            environment.values.put(variable.name(), value);
        }
        wanted.forEach(environment::given);
        return environment;
    }

    /** The value of a variable that has one. */
    public <T> T get(Variable<T> variable) {
        return variable.kind()
                .reader()
                .apply(text(variable))
                .orElseThrow(() -> wrong(variable, variable.kind().expected()));
    }

    /** The value, or empty when nothing is set. */
    public <T> Optional<T> given(Variable<T> variable) {
        return text(variable).isEmpty() ? Optional.empty() : Optional.of(get(variable));
    }

    /**
     * The value of a variable that something else makes necessary.
     *
     * @throws InvalidSettingException when it is not set
     */
    public <T> T required(Variable<T> variable) {
        return given(variable).orElseThrow(() -> missing(variable));
    }

    /** The variable's name as people set it. */
    public String word(Variable<?> variable) {
        return declared.word(variable);
    }

    /** The exception for a variable that must be set and is not. */
    public InvalidSettingException missing(Variable<?> variable) {
        return new InvalidSettingException(word(variable) + " must be set: " + variable.meaning());
    }

    /**
     * The exception for a variable that should have another value. A wrong value may hold a
     * password in any form, so it is repeated only when it looks as if it held none.
     */
    public InvalidSettingException wrong(Variable<?> variable, String expected) {
        var text = text(variable);
        boolean hidden = variable.isSecret() || MAY_HOLD_SECRET.matcher(text).find();
        var is = hidden ? "" : "is " + text + ", but ";
        return new InvalidSettingException(
                word(variable) + " " + is + "should be " + expected + ".");
    }

    /** All values for the log: secrets masked, also those inside addresses. */
    public String shown() {
        return declared.all().stream()
                .filter(variable -> values.containsKey(variable.name()))
                .map(variable -> word(variable) + "=" + shown(variable))
                .collect(Collectors.joining(" "));
    }

    private String shown(Variable<?> variable) {
        var text = text(variable);
        return variable.isSecret() && !text.isEmpty() ? MASK : masked(text);
    }

    private static String masked(String text) {
        return SECRET_IN_ADDRESS.matcher(text).replaceAll(MASK);
    }

    private String text(Variable<?> variable) {
        var value = values.get(variable.name());
        if (value == null) {
            throw new IllegalStateException("a variable that was not read: " + variable.name());
        }
        return value;
    }
}
