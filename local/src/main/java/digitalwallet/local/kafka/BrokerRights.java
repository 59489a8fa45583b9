package digitalwallet.local.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A program that runs in a JVM with Kafka's own classes: gives the accounts it reads their
 * passwords and rights, and takes them from all others. Its arguments are the broker's inner
 * address; standard input has the broker's own password, and then accounts with theirs, one a line.
 */
final class BrokerRights {

    /** Another one whenever other rights are given, so that brokers are told again. */
    static final int VERSION = 2;

    private static final int ITERATIONS = 4096;
    private static final String COMMANDS = "wallet.commands";
    private static final String DEAD = "wallet.commands.dead";
    private static final String TRANSACTIONS = "wallet.transactions";
    private static final String PAYMENTS = "payments.events";
    private static final String ANY = "*";

    private final List<AclBinding> rights = new ArrayList<>();

    private BrokerRights() {}

    /** Ends with 0 once the broker knows them. */
    public static void main(String[] arguments) throws Exception {
        var lines = new String(System.in.readAllBytes(), UTF_8).lines().toList();
        try (var admin = Admin.create(login(arguments[0], lines.getFirst()))) {
            var accounts = new HashSet<String>();
            var changes = new ArrayList<UserScramCredentialAlteration>();
            for (var line : lines.subList(1, lines.size())) {
                int blank = line.indexOf(' ');
                var account = line.substring(0, blank);
                accounts.add(account);
                changes.add(upsertion(account, line.substring(blank + 1)));
            }
            for (var known : admin.describeUserScramCredentials().users().get()) {
                if (!accounts.contains(known)) {
                    changes.add(
                            new UserScramCredentialDeletion(known, ScramMechanism.SCRAM_SHA_512));
                }
            }
            setRights(admin, accounts);
            admin.alterUserScramCredentials(changes).all().get();
        }
    }

    private static Map<String, Object> login(String bootstrap, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "default.api.timeout.ms",
                "20000",
                "request.timeout.ms",
                "10000",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
                                .formatted(BrokerAccounts.BROKER)
                        + " password=\"%s\";".formatted(password));
    }

    private static UserScramCredentialUpsertion upsertion(String account, String password) {
        var kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
        return new UserScramCredentialUpsertion(account, kind, password);
    }

    private static void setRights(Admin admin, Set<String> accounts)
            throws ExecutionException, InterruptedException {
        var wanted = new BrokerRights();
        accounts.forEach(wanted::add);
        var known = new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
        var superfluous =
                known.stream()
                        .filter(binding -> !wanted.rights.contains(binding))
                        .map(AclBinding::toFilter)
                        .toList();
        var missing = wanted.rights.stream().filter(binding -> !known.contains(binding)).toList();
        admin.createAcls(missing).all().get();
        admin.deleteAcls(superfluous).all().get();
    }

    /** As docs/operations/kafka.md names them. */
    private void add(String account) {
        switch (account) {
            case BrokerAccounts.SERVER -> {
                for (var topic : List.of(COMMANDS, DEAD, TRANSACTIONS, PAYMENTS)) {
                    made(account, topic);
                    topic(account, topic, AclOperation.READ, AclOperation.WRITE);
                }
                allow(account, ResourceType.TRANSACTIONAL_ID, "wallet-events", AclOperation.WRITE);
                allow(
                        account,
                        ResourceType.TRANSACTIONAL_ID,
                        "wallet-events",
                        AclOperation.DESCRIBE);
                allow(account, ResourceType.GROUP, "wallet", AclOperation.READ);
            }
            case BrokerAccounts.PAYMENTS -> {
                made(account, PAYMENTS);
                topic(account, PAYMENTS, AclOperation.WRITE);
                made(account, TRANSACTIONS);
                topic(account, TRANSACTIONS, AclOperation.READ);
            }
            case BrokerAccounts.OWNER -> {
                topic(account, COMMANDS, AclOperation.READ, AclOperation.WRITE);
                topic(account, DEAD, AclOperation.READ, AclOperation.WRITE);
                topic(account, PAYMENTS, AclOperation.READ, AclOperation.WRITE);
                topic(account, TRANSACTIONS, AclOperation.READ);
                allow(account, ResourceType.GROUP, ANY, AclOperation.READ);
            }
            default -> topic(account, COMMANDS, AclOperation.WRITE);
        }
    }

    /** Who may read or write a topic may describe it, too. */
    private void topic(String account, String topic, AclOperation... operations) {
        for (var operation : operations) {
            allow(account, ResourceType.TOPIC, topic, operation);
        }
    }

    private void made(String account, String topic) {
        topic(
                account,
                topic,
                AclOperation.CREATE,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.ALTER_CONFIGS);
    }

    private void allow(String account, ResourceType type, String name, AclOperation operation) {
        rights.add(
                new AclBinding(
                        new ResourcePattern(type, name, PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:" + account, ANY, operation, AclPermissionType.ALLOW)));
    }
}
