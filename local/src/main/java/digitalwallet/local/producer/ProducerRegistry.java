package digitalwallet.local.producer;

import com.nimbusds.jose.util.JSONObjectUtils;
import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The producers that a server on this machine knows. A running server reads the file again by
 * itself.
 */
public final class ProducerRegistry {

    /** What a producer may send unless somebody says otherwise. */
    public static final List<String> VERBS =
            List.of("deposit", "withdraw", "purchase", "refund", "transfer", "open");

    private static final int KEY_BYTES = 32;
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:@-]{0,63}");
    private static final String PRODUCERS = "producers";

    private final Path folder;

    /**
     * A producer.
     *
     * @param source what its messages name as their source
     * @param keys the files of its keys in the registry's folder; the first one signs
     * @param roles in which it acts
     * @param verbs it may send
     * @param amountMax the most that one command of it moves, by currency
     */
    public record Producer(
            String source,
            List<String> keys,
            List<String> roles,
            List<String> verbs,
            Map<String, String> amountMax) {

        /** Copies the lists. */
        public Producer {
            keys = List.copyOf(keys);
            roles = List.copyOf(roles);
            verbs = List.copyOf(verbs);
            amountMax = new TreeMap<>(amountMax);
        }
    }

    private ProducerRegistry(Path folder) {
        this.folder = folder;
    }

    /** The registry in this folder, which is made when there is none. */
    public static ProducerRegistry in(Path folder) {
        var registry = new ProducerRegistry(Folders.passable(folder));
        if (!Files.exists(registry.file())) {
            registry.write(Map.of());
        }
        return registry;
    }

    /** The file that a server reads. */
    public Path file() {
        return folder.resolve("producers.json");
    }

    /** The files of all keys. */
    public List<Path> keys() {
        return producers().values().stream()
                .flatMap(producer -> producer.keys.stream())
                .map(folder::resolve)
                .toList();
    }

    /** All of them, by their sources. */
    public Map<String, Producer> producers() {
        try {
            var root = JSONObjectUtils.parse(Files.readString(file()));
            var producers = new TreeMap<String, Producer>();
            for (var each : JSONObjectUtils.getJSONObjectArray(root, PRODUCERS)) {
                var amounts = new TreeMap<String, String>();
                JSONObjectUtils.getJSONObject(each, "amount_max")
                        .forEach((currency, amount) -> amounts.put(currency, amount.toString()));
                var source = JSONObjectUtils.getString(each, "source");
                producers.put(
                        source,
                        new Producer(
                                source,
                                JSONObjectUtils.getStringList(each, "keys"),
                                JSONObjectUtils.getStringList(each, "roles"),
                                JSONObjectUtils.getStringList(each, "verbs"),
                                amounts));
            }
            return producers;
        } catch (ParseException e) {
            throw new LocalFailure("The producers " + file() + " cannot be understood.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds one, with a new key.
     *
     * @param verbs it may send
     * @param amountMax the most that one command of it moves, by currency
     * @return the file of its key
     * @throws LocalFailure when there is one of this name, or the name, a verb or an amount is none
     */
    public Path add(String source, List<String> verbs, Map<String, String> amountMax) {
        if (!SOURCE.matcher(source).matches() || source.equals("wallet")) {
            throw new LocalFailure(
                    "A producer's name has 1 to 64 characters of A-Z a-z 0-9 . _ : @ -, and is not"
                            + " wallet.");
        }
        verbs.forEach(ProducerRegistry::requireVerb);
        amountMax.forEach(ProducerRegistry::requireAmount);
        var producers = producers();
        if (producers.containsKey(source)) {
            throw new LocalFailure("There is a producer " + source + " already.");
        }
        var key = folder.resolve(source + ".key");
        write(key, newKey());
        var name = String.valueOf(key.getFileName());
        producers.put(
                source, new Producer(source, List.of(name), List.of("system"), verbs, amountMax));
        write(producers);
        return key;
    }

    private static void requireVerb(String verb) {
        if (!VERBS.contains(verb)) {
            throw new LocalFailure("A producer sends " + String.join(", ", VERBS) + ".");
        }
    }

    /** A server would take nothing of a file with an amount that it cannot read. */
    private static void requireAmount(String code, String amount) {
        var currency =
                CurrencyCode.find(code)
                        .orElseThrow(() -> new LocalFailure("There is no currency " + code + "."));
        try {
            var _ = Money.parse(amount, currency);
        } catch (InvalidAmountException e) {
            throw new LocalFailure(code + ":" + amount + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Gives one a new key; the one before is believed until the next time.
     *
     * @return the file of its key, which is the same as before
     * @throws LocalFailure when there is no such producer
     */
    public Path rotate(String source) {
        var producers = producers();
        var old = find(producers, source);
        var key = folder.resolve(source + ".key");
        var previous = folder.resolve(source + ".previous.key");
        try {
            write(previous, Files.readAllBytes(key));
        } catch (IOException e) {
            throw new LocalFailure("The key " + key + " cannot be read.", e);
        }
        var names =
                List.of(String.valueOf(key.getFileName()), String.valueOf(previous.getFileName()));
        producers.put(source, new Producer(source, names, old.roles, old.verbs, old.amountMax));
        write(producers);
        write(key, newKey());
        return key;
    }

    /**
     * Removes one and its keys: from now on nothing of it is believed.
     *
     * @throws LocalFailure when there is no such producer
     */
    public void remove(String source) {
        var producers = producers();
        var old = find(producers, source);
        producers.remove(source);
        write(producers);
        old.keys.forEach(key -> Folders.delete(folder.resolve(key)));
    }

    private static Producer find(Map<String, Producer> producers, String source) {
        return Optional.ofNullable(producers.get(source))
                .orElseThrow(() -> new LocalFailure("There is no producer " + source + "."));
    }

    private void write(Map<String, Producer> producers) {
        var lines =
                producers.values().stream()
                        .map(ProducerRegistry::json)
                        .collect(Collectors.joining(",\n", "{\"producers\": [\n", "\n]}\n"));
        write(file(), lines.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Producer producer) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("source", producer.source);
        fields.put("keys", producer.keys);
        fields.put("roles", producer.roles);
        fields.put("verbs", producer.verbs);
        fields.put("amount_max", producer.amountMax);
        return JSONObjectUtils.toJSONString(fields);
    }

    /** Whoever may read the registry may read this, too: the user that the server runs as. */
    private void write(Path target, byte[] content) {
        var unfinished = target.resolveSibling(target.getFileName() + ".new");
        Folders.writePrivate(unfinished, content);
        try {
            if (Files.exists(file())) {
                var rights = Files.readAttributes(file(), PosixFileAttributes.class);
                Files.getFileAttributeView(unfinished, PosixFileAttributeView.class)
                        .setGroup(rights.group());
                Files.setPosixFilePermissions(unfinished, rights.permissions());
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] newKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
