package digitalwallet.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;

/** All that do harm, each in a thread of its own, until they are ended. */
final class Attackers implements AutoCloseable {

    private final SequencedMap<String, Tally> ends = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Begins. */
    Attackers(List<Attack> attacks) {
        for (var attack : attacks) {
            var tally = ends.computeIfAbsent(attack.name(), _ -> new Tally());
            for (int i = 0; i < attack.parallel(); i++) {
                threads.add(Thread.ofVirtual().start(() -> run(attack, tally)));
            }
        }
    }

    private static void run(Attack attack, Tally tally) {
        try {
            // Not all of them in step.
            Thread.sleep(ThreadLocalRandom.current().nextLong(1 + attack.pause().toMillis()));
            while (true) {
                tally.count(end(attack));
                Thread.sleep(attack.pause());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String end(Attack attack) throws InterruptedException {
        try {
            return attack.strike().end();
        } catch (IOException _) {
            return Wire.CLOSED;
        }
    }

    /** How each of them ended so far, by name. */
    SequencedMap<String, Tally> ends() {
        return ends;
    }

    /** Ends all of them; what they hold they let go. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
