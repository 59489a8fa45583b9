package digitalwallet.local.command;

import digitalwallet.local.postgres.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Tells what the launcher does: to the person at the keyboard while it starts, and always to a
 * file.
 */
final class Journal implements AutoCloseable {

    private final PrintWriter file;
    private final PrintWriter screen;
    private boolean onlyToFile;

    Journal(Path log, PrintWriter screen) {
        this.screen = screen;
        try {
            file =
                    new PrintWriter(
                            Files.newBufferedWriter(
                                    Folders.privateFile(log),
                                    StandardCharsets.UTF_8,
                                    StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void say(String sentence) {
        file.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + sentence);
        file.flush();
        if (!onlyToFile) {
            screen.println(sentence);
            screen.flush();
        }
    }

    /** What the person should know at once, whatever else is only written to the file. */
    synchronized void alarm(String sentence) {
        screen.println(sentence);
        screen.flush();
    }

    /** The address is the last thing on the screen. */
    synchronized void onlyToFile() {
        onlyToFile = true;
    }

    @Override
    public void close() {
        file.close();
    }
}
