package digitalwallet.bench;

import digitalwallet.local.kafka.LocalKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Commands through Kafka: a backlog, posted by a server, beside the engine and the producer. */
final class QueueBench implements Benchmark {

    private static final int WALLETS = 100_000;
    private static final int QUICK_BACKLOG = 300_000;
    private static final int FULL_BACKLOG = 500_000;
    private static final int WARM_UP_SECONDS = 8;
    private static final int LOOK_EVERY_MILLIS = 20;

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String description() {
        return "transfers through Kafka: a backlog posted, and how long one takes";
    }

    @Override
    public List<Result> run(BenchRun run) throws Exception {
        var results = new ArrayList<Result>();
        int backlog = run.full() ? FULL_BACKLOG : QUICK_BACKLOG;
        var books = Books.withWallets(run.postgres(), WALLETS);
        try (var kafka = LocalKafka.temporary();
                var commands = new QueuedCommands(books, WALLETS, kafka.bootstrap())) {
            commands.createTopics();
            // The same books, so the same key, whichever server is on them.
            var key = Files.write(Files.createTempFile("wallet-bench-", ".key"), new byte[32]);
            var topicId = commands.topicId();
            drain(run, books, kafka, topicId, commands, key, backlog / 4, backlog / 4);
            double produced = commands.send(backlog);
            run.say("queue: %.0f/s produced".formatted(produced));
            double drained = drain(run, books, kafka, topicId, commands, key, 0, backlog);
            double engine;
            try (var direct = books.engine(2)) {
                engine =
                        new TransferLoad(books, WALLETS, 0)
                                .measure(run, direct, WARM_UP_SECONDS)
                                .perSecond();
            }
            run.say("queue: %.0f/s posted, engine %.0f/s".formatted(drained, engine));
            books.verify();
            results.add(
                    Result.atLeast(
                            "queue", "transfers", drained, "/s", "engine", drained / engine, 0.5));
            results.add(Result.plain("queue", "the same by the producer alone", produced, "/s"));
        }
        books.drop();
        return results;
    }

    /**
     * Sends messages, if any, and posts everything; returns how many a second while it was busy.
     */
    private static double drain(
            BenchRun run,
            Books books,
            LocalKafka kafka,
            UUID topicId,
            QueuedCommands commands,
            Path key,
            int messages,
            int backlog)
            throws Exception {
        var variables =
                Map.of(
                        "WALLET_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                        "WALLET_DIGEST_KEY_FILE", key.toString());
        try (var _ = WalletServer.start(run.postgres(), books, variables)) {
            if (messages > 0) {
                commands.send(messages);
            }
            return awaitDrained(books, topicId, backlog / 3);
        }
    }

    /** The rate after a warm-up of so many commands. */
    private static double awaitDrained(Books books, UUID topicId, int warmUp) throws Exception {
        // A backlog makes few rows: a batch has a thousand commands and more.
        var sql =
                "SELECT coalesce(sum(to_offset - from_offset), 0) FROM queue_position"
                        + " WHERE topic_id = '"
                        + topicId
                        + "'";
        long begin = 0;
        long first = 0;
        long start = -1;
        long last = -1;
        long end = System.nanoTime();
        int still = 0;
        while (still < 100) {
            long processed = books.number(sql);
            long now = System.nanoTime();
            start = start < 0 ? processed : start;
            if (begin == 0 && processed > start + warmUp) {
                begin = now;
                first = processed;
            }
            if (processed != last) {
                end = now;
                still = 0;
            } else if (begin != 0) {
                still++;
            }
            last = processed;
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return (last - first) * 1e9 / (end - begin);
    }
}
