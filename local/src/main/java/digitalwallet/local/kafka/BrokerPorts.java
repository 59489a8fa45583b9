package digitalwallet.local.kafka;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Scanner;

/**
 * Where the broker listens.
 *
 * @param broker for clients
 * @param controller for the broker itself
 * @param inner for the broker itself, and for those who run it
 */
record BrokerPorts(int broker, int controller, int inner) {

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
        var free = new ArrayDeque<>(FreePort.several(4));
        free.remove(before);
        var chosen = new BrokerPorts(before == 0 ? free.pop() : before, free.pop(), free.pop());
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
}
