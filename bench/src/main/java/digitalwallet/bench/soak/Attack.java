package digitalwallet.bench.soak;

import java.io.IOException;
import java.time.Duration;

/**
 * One way to do harm, done again and again.
 *
 * @param parallel how many do it at once
 * @param pause before each of them does it again
 */
record Attack(String name, int parallel, Duration pause, Strike strike) {

    /** Does it once. */
    interface Strike {

        /** Returns how it ended, in a word: a status, or {@link Wire#CLOSED}. */
        String end() throws IOException, InterruptedException;
    }

    static Attack of(String name, int parallel, int pauseMillis, Strike strike) {
        return new Attack(name, parallel, Duration.ofMillis(pauseMillis), strike);
    }
}
