package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the broker listens.
 *
 * @param broker for clients
 * @param controller for the broker itself
 */
record BrokerPorts(int broker, int controller) {

    /** Below the ports that outgoing connections get, so that none of those takes a kept port. */
    private static final int LOWEST = 20_000;

    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS_MAX = 1000;

    /**
     * The ports noted in a file while they are free, else new ones, which are noted there.
     *
     * @throws LocalFailure when there is no free port
     */
    static BrokerPorts keptIn(Path file) {
        var kept = read(file);
        if (kept.isPresent() && kept.get().areFree()) {
            return kept.get();
        }
        var broker = freeBesides(0);
        var chosen = new BrokerPorts(broker, freeBesides(broker));
        Folders.writePrivate(file, chosen.broker + " " + chosen.controller + "\n");
        return chosen;
    }

    private boolean areFree() {
        return FreePort.isFree(broker) && FreePort.isFree(controller);
    }

    private static Optional<BrokerPorts> read(Path file) {
        try (var numbers = new Scanner(file, StandardCharsets.UTF_8)) {
            return Optional.of(new BrokerPorts(numbers.nextInt(), numbers.nextInt()));
        } catch (NoSuchFileException | NoSuchElementException _) {
            // The ports are not noted yet, or are no numbers; new ones do as well.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeBesides(int taken) {
        for (var attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (port != taken && FreePort.isFree(port)) {
                return port;
            }
        }
        throw new LocalFailure("Kafka finds no free port on 127.0.0.1.");
    }
}
