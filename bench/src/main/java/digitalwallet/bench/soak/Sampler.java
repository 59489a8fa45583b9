package digitalwallet.bench.soak;

import digitalwallet.bench.load.LocalWallet;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at all processes again and again; not for several threads. */
final class Sampler implements AutoCloseable {

    private static final double MEBI = 1 << 20;
    private static final int LOOK_MILLIS = 2_000;
    private static final int LOOKS = 5;
    private static final int SAMPLES_PER_COLLECTION = 6;
    private static final String BROKER = "Kafka";
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

    private final LocalWallet wallet;
    private final Map<String, Integer> ports;
    private final HttpClient http = HttpClient.newHttpClient();
    private final long begin = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, Set<Long>> processIds = new LinkedHashMap<>();

    Sampler(LocalWallet wallet) {
        this.wallet = wallet;
        var running = wallet.running();
        ports =
                Map.of(
                        "server", running.managementPort(),
                        "payments", running.paymentsManagementPort());
    }

    /** Looks for ten seconds and keeps what was seen. */
    Sample sample(boolean hostile) throws InterruptedException {
        var lows = new HashMap<String, Double>();
        for (int i = 0; i < LOOKS; i++) {
            Thread.sleep(LOOK_MILLIS);
            ports.forEach((name, port) -> lows.merge(name, scrape(port).sum(HEAP), Math::min));
        }
        var figures = new LinkedHashMap<String, Double>();
        processes(figures);
        lows.forEach((name, low) -> figures.put(name + ", heap in MiB", low / MEBI));
        queues(figures);
        database(figures);
        long second = (System.nanoTime() - begin) / 1_000_000_000;
        var sample = new Sample(second, hostile, figures);
        samples.add(sample);
        return sample;
    }

    private Scrape scrape(int port) {
        try {
            return Scrape.of(http, port);
        } catch (IOException _) {
            return new Scrape(List.of(HEAP + "} NaN"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Scrape(List.of());
        }
    }

    private void processes(Map<String, Double> figures) {
        try {
            wallet.processes()
                    .forEach(
                            (name, process) -> {
                                var ids = processIds.computeIfAbsent(name, _ -> new HashSet<>());
                                ids.add(process.pid());
                                var usage = Usage.of(process);
                                figures.put(name + ", memory in MiB", usage.mebibytes());
                                if (name.equals(BROKER)) {
                                    broker(process, figures);
                                }
                                figures.put(name + ", threads", (double) usage.threads());
                                figures.put(name + ", files", (double) usage.files());
                            });
        } catch (IOException e) {
            figures.put("processes not seen", 1.0);
        }
    }

    /** Once in a minute: each look makes it collect. */
    private void broker(ProcessHandle broker, Map<String, Double> figures) {
        double used = Double.NaN;
        double beside = Double.NaN;
        if (samples.size() % SAMPLES_PER_COLLECTION == 0) {
            try {
                var heap = BrokerHeap.collected(broker);
                used = heap.usedMebibytes();
                beside = Usage.of(broker).mebibytes() - heap.residentMebibytes(broker);
            } catch (IOException _) {
                // One look that failed is not drawn; if all fail, the trend is not flat.
            }
        }
        figures.put(BROKER + ", heap in MiB", used);
        figures.put(BROKER + ", beside its heap in MiB", beside);
    }

    private void queues(Map<String, Double> figures) {
        ports.forEach(
                (name, port) -> {
                    var scrape = scrape(port);
                    var api = name + ", connections";
                    figures.put(api, scrape.sum("http_connections{port=\"api\""));
                    figures.put(name + ", body bytes", scrape.sum("http_body_bytes "));
                    if (name.equals("server")) {
                        figures.put("queue", scrape.sum("wallet_queue_length"));
                        figures.put("events behind", scrape.sum("wallet_events_lag_transactions"));
                        figures.put("dead letters", scrape.sum("wallet_queue_dead_letters"));
                    } else {
                        figures.put("outbox", scrape.sum("payments_outbox_unpublished"));
                    }
                });
    }

    private void database(Map<String, Double> figures) {
        try (var connection = wallet.reader();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT (SELECT count(*) FROM pg_stat_activity"
                                        + " WHERE datname = current_database()),"
                                        + " pg_database_size(current_database())")) {
            rows.next();
            figures.put("database connections", rows.getDouble(1));
            figures.put("database in MiB", rows.getDouble(2) / MEBI);
        } catch (SQLException _) {
            figures.put("database connections", Double.NaN);
        }
    }

    List<Sample> samples() {
        return samples;
    }

    /** The names of those processes that were replaced, because they had died. */
    List<String> replaced() {
        return processIds.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
