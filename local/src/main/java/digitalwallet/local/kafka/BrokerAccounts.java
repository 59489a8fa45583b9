package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who may log in to the broker of this machine. Every account has a password in a file of its own;
 * the broker is told of them through a second address, on which only the account {@value #BROKER}
 * may log in. What each may do: {@link BrokerRights}.
 */
public final class BrokerAccounts {

    /** The wallet's server. */
    public static final String SERVER = "server";

    /** The payments service. */
    public static final String PAYMENTS = "payments";

    /** The person who has the data folder: reads everything, and retries dead letters. */
    public static final String OWNER = "owner";

    /** The broker itself. */
    static final String BROKER = "broker";

    /** What the name of a producer's account begins with. */
    static final String PRODUCER = "producer-";

    private static final int PASSWORD_BYTES = 24;
    private static final Map<String, String> PROTOCOL =
            Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "SCRAM-SHA-512");

    private final Path folder;

    private BrokerAccounts(Path folder) {
        this.folder = folder;
    }

    /** Those of the broker that keeps its data in this folder. */
    public static BrokerAccounts of(Path kafkaFolder) {
        return new BrokerAccounts(kafkaFolder.resolve("accounts"));
    }

    /** The account of a service that writes commands itself. */
    public static String producer(String source) {
        return PRODUCER + source;
    }

    /** The account's password, made at its first use. */
    public String password(String account) {
        var file = file(account);
        try {
            if (!Files.exists(file)) {
                Folders.passable(folder);
                var password = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(password);
                Folders.writePrivate(file, HexFormat.of().formatHex(password));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new LocalFailure("The password " + file + " cannot be read.", e);
        }
    }

    /** How a Java client logs in as this account: Kafka's own properties. */
    public Map<String, String> client(String account) {
        var module =
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\""
                        .formatted(account);
        var properties = new LinkedHashMap<>(PROTOCOL);
        properties.put(
                "sasl.jaas.config", module + " password=\"%s\";".formatted(password(account)));
        return properties;
    }

    /** How a client that is built on librdkafka logs in as this account. */
    public Map<String, String> librdkafkaClient(String account) {
        var properties = new LinkedHashMap<>(PROTOCOL);
        // As Java clients do; librdkafka's own puts a user's commands in another partition.
        properties.put("partitioner", "murmur2_random");
        properties.put("sasl.username", account);
        properties.put("sasl.password", password(account));
        return properties;
    }

    /** What the accounts must be, one a line, as {@link BrokerRights} reads it. */
    String wanted(Collection<String> producers) {
        var accounts = new TreeSet<>(List.of(SERVER, PAYMENTS, OWNER));
        producers.forEach(source -> accounts.add(producer(source)));
        var lines = new StringBuilder();
        accounts.forEach(
                account ->
                        lines.append(account).append(' ').append(password(account)).append('\n'));
        return lines.toString();
    }

    private Path file(String account) {
        return folder.resolve(account);
    }
}
