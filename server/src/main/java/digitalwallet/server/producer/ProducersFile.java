package digitalwallet.server.producer;

import digitalwallet.gate.token.Role;
import digitalwallet.json.Json;
import digitalwallet.json.MalformedJsonException;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.server.producer.Producers.Registered;
import digitalwallet.server.request.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file that names the producers: JSON. Keys are files of their own beside it, so that the file
 * itself holds no secret and can be reviewed.
 */
final class ProducersFile {

    private static final int VALUES_MAX = 100_000;
    private static final Json.Limits LIMITS = new Json.Limits(5, VALUES_MAX, VALUES_MAX);
    private static final int KEYS_MAX = 2;
    private static final Set<String> FIELDS =
            Set.of("source", "keys", "roles", "verbs", "amount_max");

    private final Path file;
    private final Set<Path> files = new HashSet<>();
    private String reading = "";

    private ProducersFile(Path file) {
        this.file = file;
        files.add(file);
    }

    /**
     * What the file says.
     *
     * @param byKey the producers by the ids of their keys
     * @param files of which it was read
     */
    record Registry(Map<String, Registered> byKey, Set<Path> files) {}

    /**
     * Reads it.
     *
     * @throws InvalidSettingException when it cannot be read or understood
     */
    static Registry read(Path file) {
        return new ProducersFile(file).read();
    }

    /**
     * Changes when one of these files does.
     *
     * @param files need not be there
     */
    static long stamp(Collection<Path> files) {
        long sum = 0;
        for (var each : files) {
            sum = 31 * sum + modified(each);
        }
        return sum;
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        } catch (IOException _) {
            return 0;
        }
    }

    private Registry read() {
        try {
            var root = Json.readObject(Files.readAllBytes(file), LIMITS).values();
            requireOnly(root, Set.of("producers"));
            var byKey = new HashMap<String, Registered>();
            var sources = new HashSet<String>();
            for (var entry : items(root, "producers")) {
                if (!(entry instanceof Json.Members(var fields))) {
                    throw wrong("each of producers is an object");
                }
                reading = source(fields);
                requireOnly(fields, FIELDS);
                var producer = producer(fields);
                if (!sources.add(producer.source())) {
                    throw wrong("the source " + producer.source() + " stands there twice");
                }
                for (var key : keys(fields)) {
                    // While a key is rotated, both files of one producer may hold the same.
                    var before = byKey.put(key.id(), new Registered(producer, key));
                    if (before != null && !before.producer().equals(producer)) {
                        throw wrong(producer.source() + " has a key of another producer");
                    }
                }
            }
            return new Registry(Map.copyOf(byKey), Set.copyOf(files));
        } catch (IOException e) {
            throw new InvalidSettingException("The producers " + file + " cannot be read.", e);
        } catch (MalformedJsonException e) {
            throw wrong(e.sentence());
        }
    }

    private Producer producer(Map<String, Json.Value> fields) {
        return new Producer(
                reading,
                words(fields, "roles", Role.values(), Role::word),
                words(fields, "verbs", queueable(), Verb::word),
                amounts(fields));
    }

    private String source(Map<String, Json.Value> fields) {
        reading = "";
        if (!(fields.get("source") instanceof Json.Text(var source))
                || !Producer.isSource(source)) {
            throw wrong(Producer.SOURCE_FORM);
        }
        return source;
    }

    private static Verb[] queueable() {
        return Arrays.stream(Verb.values()).filter(Verb::isQueueable).toArray(Verb[]::new);
    }

    private <T> Set<T> words(
            Map<String, Json.Value> fields, String name, T[] known, Function<T, String> word) {
        return texts(fields, name).stream()
                .map(
                        text ->
                                Arrays.stream(known)
                                        .filter(each -> word.apply(each).equals(text))
                                        .findFirst()
                                        .orElseThrow(() -> wrong(name + " knows no " + text)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<CurrencyCode, Money> amounts(Map<String, Json.Value> fields) {
        if (!(fields.get("amount_max") instanceof Json.Members(var amounts))) {
            throw wrong("amount_max is an object: {\"USD\": \"1000.00\"}");
        }
        var most = new HashMap<CurrencyCode, Money>();
        amounts.forEach(
                (code, value) -> {
                    var currency =
                            CurrencyCode.find(code)
                                    .orElseThrow(() -> wrong("there is no currency " + code));
                    if (!(value instanceof Json.Text(var text))) {
                        throw wrong("an amount is a text such as \"1000.00\"");
                    }
                    try {
                        most.put(currency, Money.parse(text, currency));
                    } catch (InvalidAmountException e) {
                        throw wrong("amount_max of " + code + ": " + e.getMessage());
                    }
                });
        return most;
    }

    private List<MessageKey> keys(Map<String, Json.Value> fields) {
        var names = texts(fields, "keys");
        if (names.isEmpty() || names.size() > KEYS_MAX) {
            throw wrong("keys are one file, or two while one is replaced");
        }
        return names.stream().map(this::key).toList();
    }

    private MessageKey key(String name) {
        var path = file.resolveSibling(name);
        files.add(path);
        try {
            return new MessageKey(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "The key " + path + " of a producer cannot be read.", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The key " + path + " is too short: " + e.getMessage() + ".", e);
        }
    }

    private List<String> texts(Map<String, Json.Value> fields, String name) {
        return items(fields, name).stream()
                .map(
                        item ->
                                item instanceof Json.Text(var text)
                                        ? Optional.of(text)
                                        : Optional.<String>empty())
                .map(text -> text.orElseThrow(() -> wrong(name + " is a list of texts")))
                .toList();
    }

    private List<Json.Value> items(Map<String, Json.Value> fields, String name) {
        if (fields.get(name) instanceof Json.Items(var values)) {
            return values;
        }
        throw wrong(name + " is a list");
    }

    private void requireOnly(Map<String, Json.Value> fields, Set<String> known) {
        for (var name : fields.keySet()) {
            if (!known.contains(name)) {
                throw wrong("there is no field " + Json.shown(name));
            }
        }
    }

    /** While the file is bad nobody can be added or revoked, so it says how to mend it. */
    private InvalidSettingException wrong(String sentence) {
        return new InvalidSettingException(
                "The producers "
                        + file
                        + " make no sense: "
                        + (reading.isEmpty()
                                ? sentence + "."
                                : "at "
                                        + reading
                                        + ", "
                                        + sentence
                                        + "; correct it, or take it out with ./wallet producer"
                                        + " remove "
                                        + reading
                                        + "."));
    }
}
