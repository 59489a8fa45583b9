package digitalwallet.payments.server;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of all variables, read as what they are meant to be. */
final class Environment {

    // What Kubernetes puts into every container for a service called payments.
    private static final Pattern SERVICE_ADDRESS =
            Pattern.compile("PAYMENTS_(.+_)?(SERVICE_.+|PORT(_[0-9]+_(TCP|UDP|SCTP).*)?)");
    private static final Set<String> KNOWN =
            Arrays.stream(Variable.values())
                    .map(Variable::word)
                    .collect(Collectors.toUnmodifiableSet());

    private final Map<Variable, String> values = new EnumMap<>(Variable.class);

    /**
     * Reads the process's environment.
     *
     * @throws InvalidSettingException when a variable is unknown or missing
     */
    Environment(Map<String, String> variables) {
        variables.keySet().forEach(Environment::requireKnown);
        for (var variable : Variable.values()) {
            var given = variables.get(variable.word());
            var value = given == null || given.isEmpty() ? variable.usual() : given;
            if (value == null) {
                throw new InvalidSettingException(
                        variable.word() + " must be set: " + variable.meaning());
            }
            values.put(variable, value);
        }
    }

    private static void requireKnown(String name) {
        if (name.startsWith(Variable.PREFIX)
                && !KNOWN.contains(name)
                && !SERVICE_ADDRESS.matcher(name).matches()) {
            throw new InvalidSettingException(
                    name
                            + " is not a variable of the payments service; see"
                            + " docs/operations/payments.md.");
        }
    }

    String text(Variable variable) {
        return Objects.requireNonNull(values.get(variable));
    }

    int number(Variable variable, int min, int max) {
        try {
            int number = Integer.parseInt(text(variable));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below, as any other value.
        }
        throw wrong(variable, "a number from " + min + " to " + max);
    }

    boolean flag(Variable variable) {
        return word(variable, List.of("true", "false")).equals("true");
    }

    String word(Variable variable, List<String> words) {
        if (!words.contains(text(variable))) {
            throw wrong(variable, String.join(" or ", words));
        }
        return text(variable);
    }

    URI address(Variable variable, List<String> schemes) {
        try {
            var address = new URI(text(variable));
            if (address.getScheme() != null && schemes.contains(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException _) {
            // Refused below, as any other value.
        }
        throw wrong(variable, "an address that begins with " + String.join(" or ", schemes));
    }

    Path file(Variable variable) {
        try {
            return Path.of(text(variable));
        } catch (InvalidPathException _) {
            throw wrong(variable, "a file");
        }
    }

    BigDecimal amount(Variable variable) {
        if (!text(variable).matches("[0-9]{1,18}(\\.[0-9]{1,4})?")) {
            throw wrong(variable, "an amount such as 1000.00");
        }
        return new BigDecimal(text(variable));
    }

    InvalidSettingException wrong(Variable variable, String expected) {
        var shown = variable.isSecret() ? "" : "is " + text(variable) + ", but ";
        return new InvalidSettingException(
                variable.word() + " " + shown + "should be " + expected + ".");
    }

    /** All values for the log, secrets masked. */
    String shown() {
        return values.entrySet().stream()
                .map(e -> e.getKey().word() + "=" + shown(e.getKey(), e.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String shown(Variable variable, String value) {
        return variable.isSecret() && !value.isEmpty() ? "***" : value;
    }
}
