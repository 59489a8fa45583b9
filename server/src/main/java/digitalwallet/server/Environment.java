package digitalwallet.server;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of all variables, read as what they are meant to be. */
final class Environment {

    private static final String PREFIX = "WALLET_";
    private static final Pattern PART_OF_SERVICE_ADDRESS =
            Pattern.compile("WALLET_(.+_)?PORT_[0-9]+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)");
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
        this(variables, EnumSet.allOf(Variable.class));
    }

    private Environment(Map<String, String> variables, Set<Variable> wanted) {
        variables.forEach(Environment::requireKnown);
        for (var variable : wanted) {
            var given = variables.get(variable.word());
            var value = given == null || given.isEmpty() ? variable.usual() : given;
            if (value == null) {
                throw missing(variable);
            }
            values.put(variable, value);
        }
    }

    /**
     * Reads of the process's environment what concerns Kafka only.
     *
     * @throws InvalidSettingException when a variable is unknown
     */
    static Environment ofKafka(Map<String, String> variables) {
        return new Environment(
                variables, EnumSet.range(Variable.KAFKA_BOOTSTRAP, Variable.QUEUE_KEY_FILE));
    }

    private static void requireKnown(String name, String value) {
        if (name.startsWith(PREFIX) && !KNOWN.contains(name) && !isOfKubernetes(name, value)) {
            throw new InvalidSettingException(
                    name
                            + " is not a variable of this server; see"
                            + " docs/operations/configuration.md.");
        }
    }

    /** What Kubernetes puts into every container for a service called wallet. */
    private static boolean isOfKubernetes(String name, String value) {
        return name.contains("_SERVICE_")
                || (name.contains("_PORT") && value.startsWith("tcp://"))
                || PART_OF_SERVICE_ADDRESS.matcher(name).matches();
    }

    String text(Variable variable) {
        var value = values.get(variable);
        if (value == null) {
            throw new IllegalStateException("a variable without a value: " + variable);
        }
        return value;
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

    LocalTime timeOfDay(Variable variable) {
        try {
            return LocalTime.parse(text(variable));
        } catch (DateTimeParseException _) {
            throw wrong(variable, "a time such as 03:00");
        }
    }

    static InvalidSettingException missing(Variable variable) {
        return new InvalidSettingException(variable.word() + " must be set: " + variable.meaning());
    }

    InvalidSettingException wrong(Variable variable, String expected) {
        var shown = variable.isSecret() ? "" : "is " + text(variable) + ", but ";
        return new InvalidSettingException(
                variable.word() + " " + shown + "should be " + expected + ".");
    }

    /** All values for the log, secrets masked. */
    String shown() {
        return values.entrySet().stream()
                .map(
                        e ->
                                e.getKey().word()
                                        + "="
                                        + (e.getKey().isSecret() && !e.getValue().isEmpty()
                                                ? "***"
                                                : e.getValue()))
                .collect(Collectors.joining(" "));
    }
}
