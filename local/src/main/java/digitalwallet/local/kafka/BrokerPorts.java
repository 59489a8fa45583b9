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
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the broker listens.
 *
 * @param broker for clients
 * @param controller for the broker itself
 * @param inner for the broker itself, and for those who run it
 */
record BrokerPorts(int broker, int controller, int inner) {

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
        // Clients know the port of the broker; it stays although the others are new.
        int before = kept.map(BrokerPorts::broker).filter(FreePort::isFree).orElse(0);
        int broker = before == 0 ? freeBesides(Set.of()) : before;
        int controller = freeBesides(Set.of(broker));
        var chosen = new BrokerPorts(broker, controller, freeBesides(Set.of(broker, controller)));
        Folders.writePrivate(
                file, chosen.broker + " " + chosen.controller + " " + chosen.inner + "\n");
        return chosen;
    }

    private boolean areFree() {
        return inner != 0
                && FreePort.isFree(broker)
                && FreePort.isFree(controller)
                && FreePort.isFree(inner);
    }

    static Optional<BrokerPorts> read(Path file) {
        try (var numbers = new Scanner(file, StandardCharsets.UTF_8)) {
            return Optional.of(
                    new BrokerPorts(
                            numbers.nextInt(),
                            numbers.nextInt(),
                            numbers.hasNextInt() ? numbers.nextInt() : 0));
        } catch (NoSuchFileException | NoSuchElementException _) {
            // The ports are not noted yet, or are no numbers; new ones do as well.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeBesides(Set<Integer> taken) {
        for (var attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (!taken.contains(port) && FreePort.isFree(port)) {
                return port;
            }
        }
        throw new LocalFailure("Kafka finds no free port on 127.0.0.1.");
    }
}
