package digitalwallet.payments.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.messages.Message;
import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.PaymentEvent;
import digitalwallet.messages.PayoutTarget;
import digitalwallet.messages.References;
import digitalwallet.messages.Topic;
import digitalwallet.messages.WalletEvent;
import digitalwallet.messages.WalletEvent.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Answers payment events as the wallet does: each event id is posted once. Wallets of users whose
 * names begin with {@code closed} take no deposits.
 */
final class FakeWallet implements AutoCloseable {

    static final String EVENT_KEY = "an event key of 32 bytes or more.";

    /** What was posted for a payment. */
    record Posted(UUID transactionId, UUID paymentId, String type, String amount) {}

    private final MessageKeys keys =
            new MessageKeys(new MessageKey(EVENT_KEY.getBytes(UTF_8)), null);
    private final AuthenticReader messages = new AuthenticReader(keys::find, false);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = Thread.ofPlatform().name("fake-wallet").unstarted(this::run);
    private final Map<UUID, WalletEvent> known = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Posted> posted = new ConcurrentLinkedQueue<>();

    private FakeWallet(String bootstrap) {
        var address = Map.<String, Object>of("bootstrap.servers", bootstrap);
        this.consumer =
                new KafkaConsumer<>(
                        address, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer =
                new KafkaProducer<>(address, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static FakeWallet start(String bootstrap) {
        var wallet = new FakeWallet(bootstrap);
        wallet.thread.start();
        return wallet;
    }

    /** Posts a withdrawal that is to be paid out. */
    void withdraw(UUID id, String userId, String amount, String method) {
        tell(payout(id, userId, amount, method));
    }

    /** What the wallet says of a withdrawal that is to be paid out. */
    static WalletEvent payout(UUID id, String userId, String amount, String method) {
        var transaction =
                transaction(
                        id,
                        "payout",
                        userId,
                        amount,
                        References.NONE,
                        new PayoutTarget(method, "DE89370400440532013000"),
                        null);
        return new WalletEvent(userId, transaction, wallet(transaction, "-" + amount));
    }

    /** The same with a header that says which type of transaction it is. */
    void withdraw(UUID id, String userId, String amount, String method, String header) {
        var event = payout(id, userId, amount, method);
        var message = signed(Message.of(event.key(), event.toEvent()));
        message.headers().add(Message.TRANSACTION_TYPE_HEADER, header.getBytes(UTF_8));
        send(message);
    }

    static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** Posts a deposit that no payment caused. */
    void deposit(String userId, String amount, String reference) {
        var references = new References(null, null, null, reference);
        var id = newId();
        tell(transaction(id, "deposit", userId, amount, references, null, null), amount);
    }

    List<Posted> posted() {
        return List.copyOf(posted);
    }

    Set<UUID> heard() {
        return known.keySet();
    }

    /** Sends an event as the wallet does. */
    void tell(WalletEvent event) {
        send(signed(Message.of(event.key(), event.toEvent())));
    }

    /** Sends whatever bytes, signed. */
    void tell(String key, byte[] value) {
        send(signed(new Message(key, "", "", "", value)));
    }

    /** The record of a message, signed as the wallet signs it. */
    ProducerRecord<byte[], byte[]> signed(Message message) {
        return keys.sign(Topic.TRANSACTIONS, message);
    }

    /** Sends whatever it is. */
    void send(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
    }

    private void run() {
        try (consumer) {
            var partitions =
                    consumer.partitionsFor(Topic.PAYMENTS.word()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var each : consumer.poll(Duration.ofMillis(200))) {
                    answer(PaymentEvent.read(messages.read(each).event()));
                }
            }
        } catch (WakeupException _) {
            // Closed.
        }
    }

    private void answer(PaymentEvent event) {
        var answer = known.computeIfAbsent(event.id(), _ -> post(event));
        tell(answer);
    }

    private WalletEvent post(PaymentEvent event) {
        var amount = event.amount();
        return switch (event) {
            case PaymentEvent.TopUpSucceeded e when e.userId().startsWith("closed") -> rejected(e);
            case PaymentEvent.TopUpSucceeded e ->
                    posted(e, "deposit", references(null, e.bankTransactionId()), amount);
            case PaymentEvent.PayoutSucceeded e ->
                    posted(e, "settlement", references(e, e.bankTransactionId()), null);
            case PaymentEvent.PayoutFailed e -> posted(e, "reversal", references(e, null), amount);
        };
    }

    private static References references(
            @Nullable PaymentEvent payout, @Nullable String reference) {
        return new References(null, null, payout == null ? null : payout.paymentId(), reference);
    }

    private WalletEvent posted(
            PaymentEvent event, String type, References references, @Nullable String walletAmount) {
        posted.add(new Posted(event.id(), event.paymentId(), type, event.amount()));
        var transaction =
                transaction(
                        event.id(), type, event.userId(), event.amount(), references, null, null);
        return new WalletEvent(
                event.userId(),
                transaction,
                walletAmount == null ? null : wallet(transaction, walletAmount));
    }

    private static WalletEvent rejected(PaymentEvent event) {
        var transaction =
                transaction(
                        event.id(),
                        "deposit",
                        event.userId(),
                        event.amount(),
                        References.NONE,
                        null,
                        new WalletEvent.Rejection("wallet_closed", new TreeMap<>()));
        return new WalletEvent(event.userId(), transaction, null);
    }

    private void tell(WalletEvent.Transaction transaction, String walletAmount) {
        tell(
                new WalletEvent(
                        transaction.parties().key(),
                        transaction,
                        wallet(transaction, walletAmount)));
    }

    private static WalletEvent.Wallet wallet(WalletEvent.Transaction transaction, String amount) {
        return new WalletEvent.Wallet(
                transaction.parties().key(), "USD", 1, amount, "0.00", "open");
    }

    private static WalletEvent.Transaction transaction(
            UUID id,
            String type,
            String userId,
            String amount,
            References references,
            @Nullable PayoutTarget payout,
            WalletEvent.@Nullable Rejection rejection) {
        return new WalletEvent.Transaction(
                id,
                type,
                rejection == null ? Status.POSTED : Status.REJECTED,
                amount,
                "USD",
                new Parties.One(userId),
                "payments",
                references,
                Notes.NONE,
                payout,
                Instant.now(),
                rejection);
    }
}
