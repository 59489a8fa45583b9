package digitalwallet.bench.soak;

import digitalwallet.bench.load.LocalWallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One soak: customers alone, customers and attackers, customers alone again. */
final class Soak {

    private static final int SAMPLES_BEFORE = 6;
    private static final int SAMPLES_AFTER = 3;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    /** In less time than this memory says nothing: the heaps are only filling up. */
    private static final int MINUTES_MIN = 20;

    private static final List<String> WATCHED =
            List.of(
                    "server, memory in MiB",
                    "server, heap in MiB",
                    "payments, memory in MiB",
                    "payments, heap in MiB",
                    "Kafka, heap in MiB",
                    "Kafka, beside its heap in MiB",
                    "PostgreSQL, memory in MiB");

    private static final List<String> SHOWN =
            List.of(
                    "server, threads",
                    "server, files",
                    "server, connections",
                    "payments, threads",
                    "payments, files",
                    "payments, connections",
                    "Kafka, memory in MiB",
                    "Kafka, threads",
                    "Kafka, files",
                    "database connections",
                    "database in MiB",
                    "queue",
                    "events behind",
                    "outbox",
                    "dead letters");

    private final LocalWallet wallet;
    private final int minutes;
    private final Consumer<String> say;
    private final List<String> faults = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /** A soak of a wallet that runs. */
    Soak(LocalWallet wallet, int minutes, Consumer<String> say) {
        this.wallet = wallet;
        this.minutes = minutes;
        this.say = say;
    }

    /**
     * Runs it.
     *
     * @param file for all samples; null when nobody wants them
     */
    Findings run(@Nullable Path file) throws IOException, InterruptedException {
        try (var sampler = new Sampler(wallet);
                var customers = new Customers(wallet)) {
            customers.openWallet("mallory");
            say.accept("customers alone");
            rest(sampler, customers, SAMPLES_BEFORE);
            report("p50 and p99 of customers alone", customers.caller().takeLatencies());
            attack(sampler, customers);
            say.accept("customers alone again");
            rest(sampler, customers, SAMPLES_AFTER);
            report("afterwards", customers.caller().takeLatencies());
            customers.end();
            say.accept("examining the books");
            faults.addAll(customers.wrongs());
            conclude(sampler, customers.caller());
            if (file != null) {
                Files.write(file, table(sampler.samples()));
            }
        }
        return new Findings(lines, faults);
    }

    private void rest(Sampler sampler, Customers customers, int samples)
            throws InterruptedException {
        for (int i = 0; i < samples; i++) {
            progress(sampler.sample(false), customers.caller());
        }
    }

    private void attack(Sampler sampler, Customers customers)
            throws IOException, InterruptedException {
        say.accept("attackers too");
        var attacks = new ArrayList<Attack>();
        for (var target : List.of(Target.wallet(wallet), Target.payments(wallet))) {
            attacks.addAll(BodyAttacks.of(target));
            attacks.addAll(HeadAttacks.of(target));
            attacks.addAll(HeldAttacks.of(target));
        }
        try (var messages = new MessageAttacks(wallet.broker())) {
            attacks.addAll(messages.all());
            try (var attackers = new Attackers(attacks)) {
                long end = System.nanoTime() + minutes * MINUTE_NANOS;
                while (System.nanoTime() < end) {
                    progress(sampler.sample(true), customers.caller());
                }
                report("with attackers", customers.caller().takeLatencies());
                attackers.ends().forEach(this::judge);
            }
        }
    }

    private void judge(String attack, Tally ends) {
        lines.add("%-50s %s".formatted(attack, ends));
        if (ends.faults() > 0) {
            faults.add(attack + ": " + ends);
        }
        if (ends.all() == 0) {
            faults.add(attack + " never came to an end");
        }
    }

    private void report(String what, Histogram latencies) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%-50s %,d requests, p50 %.0f ms, p99 %.0f ms, at most %.0f ms",
                        what,
                        latencies.getTotalCount(),
                        latencies.getValueAtPercentile(50) / 1e6,
                        latencies.getValueAtPercentile(99) / 1e6,
                        latencies.getMaxValue() / 1e6);
        lines.add(line);
        say.accept(line);
    }

    private void progress(Sample sample, HttpCaller caller) {
        var memory =
                WATCHED.stream()
                        .filter(name -> !Double.isNaN(sample.of(name)))
                        .map(
                                name ->
                                        name.replace(", memory in MiB", "").replace(" in MiB", "")
                                                + " "
                                                + Math.round(sample.of(name)))
                        .collect(Collectors.joining(" · "));
        say.accept("%5d s  MiB: %s · served %s".formatted(sample.second(), memory, caller.ends()));
    }

    private void conclude(Sampler sampler, HttpCaller caller) {
        lines.add("all tries of the customers: " + caller.ends());
        if (caller.unserved().all() > 0) {
            faults.add("customers were not served: " + caller.unserved());
        }
        if (caller.ends().faults() > 0) {
            faults.add("customers met faults: " + caller.ends());
        }
        sampler.replaced().forEach(name -> faults.add(name + " died"));
        for (var name : WATCHED) {
            var trend = Trend.of(name, sampler.samples());
            lines.add(trend.plot());
            if (minutes >= MINUTES_MIN && !trend.isFlat()) {
                faults.add(name + " grows: " + trend.plot());
            }
        }
        SHOWN.forEach(name -> lines.add(Trend.of(name, sampler.samples()).plot()));
        if (faults.isEmpty()) {
            lines.add("all is well");
        }
        faults.forEach(fault -> lines.add("NOT WELL: " + fault));
    }

    private static List<String> table(List<Sample> samples) {
        var names = List.copyOf(samples.getFirst().figures().keySet());
        var rows = new ArrayList<String>();
        rows.add(
                "second,hostile,"
                        + names.stream()
                                .map(name -> name.replace(", ", " "))
                                .collect(Collectors.joining(",")));
        for (var sample : samples) {
            rows.add(
                    names.stream()
                            .map(name -> String.format(Locale.ROOT, "%.1f", sample.of(name)))
                            .collect(
                                    Collectors.joining(
                                            ",",
                                            sample.second() + "," + sample.hostile() + ",",
                                            "")));
        }
        return rows;
    }
}
