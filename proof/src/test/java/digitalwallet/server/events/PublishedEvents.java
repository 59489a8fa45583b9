package digitalwallet.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that is in the topic of events, partition by partition in its order. */
record PublishedEvents(List<ConsumerRecord<byte[], byte[]>> records) {

    private static final String CHANGES =
            """
            SELECT e.transaction_id || ':' || a.owner || ':' || a.currency, e.version, e.amount,
                   e.balance_after, a.currency
            FROM entry e JOIN account a ON a.id = e.account_id WHERE a.kind = 2\
            """;
    private static final String REJECTED =
            "SELECT id || ':rejected', 0, 0, 0, 'USD' FROM transaction WHERE rejection_code IS NOT"
                    + " NULL";

    private record Said(long version, String amount, String balanceAfter) {}

    /** Reads the topic from its beginning to its end. */
    static PublishedEvents read(KafkaSettings kafka) {
        try (var consumer =
                new KafkaConsumer<>(
                        kafka.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(Topic.TRANSACTIONS.word()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return new PublishedEvents(records);
        }
    }

    List<WalletEvent> events() {
        return records.stream()
                .map(each -> WalletEvent.read(CloudEvent.read(each.value())))
                .toList();
    }

    /** Whether every version and every rejection in these books is there. */
    boolean areAllOf(EngineFixture books) {
        var ids = new HashSet<String>();
        events().forEach(event -> ids.add(event.id()));
        return ids.containsAll(changes(books, CHANGES).keySet())
                && ids.containsAll(changes(books, REJECTED).keySet());
    }

    /**
     * Makes sure that the events say what the books say, no more and no less, and that a consumer
     * never misses a version.
     */
    void assertAreThoseOf(EngineFixture books) {
        var expected = changes(books, CHANGES);
        expected.putAll(changes(books, REJECTED));
        var seen = new HashMap<String, Said>();
        var versions = new HashMap<String, Long>();
        for (var event : events()) {
            var wallet = event.wallet();
            if (wallet == null) {
                seen.put(event.id(), new Said(0, "0.00", "0.00"));
                continue;
            }
            seen.put(
                    event.id(), new Said(wallet.version(), wallet.amount(), wallet.balanceAfter()));
            var name = wallet.userId() + "/" + wallet.currency();
            long before = versions.getOrDefault(name, 0L);
            assertThat(wallet.version()).as("version of " + name).isLessThanOrEqualTo(before + 1);
            versions.put(name, Math.max(before, wallet.version()));
        }
        assertThat(seen).isEqualTo(expected);
        for (var each : records) {
            var event = WalletEvent.read(CloudEvent.read(each.value()));
            assertThat(new String(each.key(), StandardCharsets.UTF_8)).isEqualTo(event.subject());
        }
    }

    /** How many were published more than once. */
    int repeated() {
        Set<String> ids = new HashSet<>();
        events().forEach(event -> ids.add(event.id()));
        return records.size() - ids.size();
    }

    private static Map<String, Said> changes(EngineFixture books, String sql) {
        try (var connection = books.superuserDataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var changes = new HashMap<String, Said>();
            while (rows.next()) {
                var currency = CurrencyCode.of(rows.getString(5));
                changes.put(
                        rows.getString(1),
                        new Said(
                                rows.getLong(2),
                                new Money(rows.getLong(3), currency).toDecimal(),
                                new Money(rows.getLong(4), currency).toDecimal()));
            }
            return changes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
