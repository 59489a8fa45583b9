package digitalwallet.server.events;

import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * The same books give the same bytes. {@code -Dwallet.write-documents=true} writes the file they
 * are compared with.
 */
final class GoldenEventsIT {

    private static final Path GOLDEN = Path.of("src/test/resources/events/golden.jsonl");
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    private volatile Instant now = TEN;
    private int commands;

    @Test
    void the_same_books_give_the_same_bytes() throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var engine = engine(books)) {
            post(engine);
        }
        var first = published(books);
        // Published anew, from other positions: not a byte differs.
        assertThat(published(books)).isEqualTo(first);
        compare(first);
    }

    @Test
    void what_was_just_posted_is_published_from_memory_with_the_same_bytes() throws Exception {
        var books = EngineFixture.books(PostgresVersion.V18);
        try (var kafka = LocalKafka.temporary()) {
            RelayFixture.renewTopics(kafka);
            String live;
            try (var engine = engine(books);
                    var _ = RelayFixture.relay(books, kafka, 3, books.registry())) {
                RelayFixture.until(() -> gauge(books, "publisher") == 1);
                post(engine);
                RelayFixture.untilPublished(books, kafka);
                live = text(books, kafka);
            }
            assertThat(books.registry().get("wallet_events_read_back").counter().count()).isZero();
            compare(live);
        }
        assertThat(books.registry().get("wallet_events_fresh_bytes").gauge().value()).isZero();
    }

    private List<Command> someOfEverything() {
        var order = "order-1";
        return List.of(
                new Command.Deposit(header(1, details()), "alice", usd(10_000)),
                new Command.Open(header(2, Details.NONE), "bob", EngineFixture.USD),
                new Command.Transfer(header(3, Details.NONE), "alice", "bob", usd(2_550)),
                new Command.Purchase(header(4, Details.NONE), "bob", usd(50), order),
                new Command.Refund(header(5, Details.NONE), "bob", usd(5), order, null),
                new Command.Refund(header(6, Details.NONE), "bob", usd(5), null, id(4)),
                new Command.Refund(header(7, Details.NONE), "bob", usd(50), order, null),
                new Command.Withdraw(header(8, Details.NONE), "alice", usd(1_000_000)),
                new Command.Open(header(9, Details.NONE), "alice", CurrencyCode.of("JPY")),
                new Command.Deposit(
                        header(10, Details.NONE), "alice", new Money(7, CurrencyCode.of("JPY"))),
                new Command.Freeze(header(11, reason()), "alice", AccountStatus.DEBITS_FROZEN),
                new Command.Transfer(header(12, Details.NONE), "alice", "bob", usd(1)),
                new Command.Unfreeze(header(13, reason()), "alice"),
                new Command.Transfer(header(14, Details.NONE), "alice", "nobody", usd(1)));
    }

    private static Command.Header header(int number, Details details) {
        return new Command.Header(
                id(number), new Initiator("shop", "shop", "system"), details, null, null);
    }

    private static Details details() {
        return new Details(
                id(99), "bt-1", "a \"first\" deposit", null, new TreeMap<>(Map.of("k", "v")));
    }

    private static Details reason() {
        return new Details(id(98), null, null, "a complaint", new TreeMap<>());
    }

    private static UUID id(int number) {
        return new UUID(0x0199a00000007000L, 0x8000000000000000L + number);
    }

    private PostingEngine engine(EngineFixture books) {
        var engine =
                PostingEngine.start(
                        EngineFixture.settings(1).withoutGuardedDates(),
                        books.address(),
                        () -> now,
                        books.fresh(),
                        books.registry());
        EngineFixture.until(() -> engine.servingLanes() == 1);
        return engine;
    }

    private void post(PostingEngine engine) {
        for (var command : someOfEverything()) {
            now = TEN.plusSeconds(++commands);
            EngineFixture.await(engine.submit(command));
        }
    }

    private static double gauge(EngineFixture books, String name) {
        return books.registry().get("wallet_events_" + name).gauge().value();
    }

    private static String published(EngineFixture books) throws Exception {
        try (var kafka = LocalKafka.temporary()) {
            RelayFixture.renewTopics(kafka);
            RelayFixture.forgetPositions(books);
            try (var _ = RelayFixture.relay(books, kafka, 3)) {
                RelayFixture.untilPublished(books, kafka);
            }
            return text(books, kafka);
        }
    }

    private static String text(EngineFixture books, LocalKafka kafka) {
        var published = PublishedEvents.read(RelayFixture.settings(kafka));
        published.assertAreThoseOf(books);
        return published.records().stream()
                .sorted(
                        Comparator.comparingInt(
                                        (ConsumerRecord<byte[], byte[]> each) -> each.partition())
                                .thenComparingLong(ConsumerRecord::offset))
                .map(each -> new String(each.value(), StandardCharsets.UTF_8) + "\n")
                .collect(Collectors.joining());
    }

    private static void compare(String published) throws IOException {
        if (Boolean.getBoolean("wallet.write-documents")) {
            Files.writeString(GOLDEN, published);
        }
        assertThat(published).isEqualTo(Files.readString(GOLDEN));
    }
}
