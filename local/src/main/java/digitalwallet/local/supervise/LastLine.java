package digitalwallet.local.supervise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The line with which a process said why it ended. In a stack trace that is the sentence of the
 * root cause, not the frames below it.
 */
final class LastLine {

    private static final int TAIL_BYTES = 64 << 10;
    private static final int LENGTH_MAX = 500;
    private static final String CAUSE = "Caused by: ";

    private LastLine() {}

    /**
     * Reads the end of a log.
     *
     * @param start how long the log was in bytes when the process started
     * @return without its full stop; empty when nothing was written since, or it cannot be read
     */
    static Optional<String> of(Path log, long start) {
        return written(log, start)
                .lines()
                .filter(LastLine::isSentence)
                .reduce((_, later) -> later)
                .map(LastLine::shown);
    }

    private static String written(Path log, long start) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            // A log that is shorter than it was has been rotated since.
            var since = start <= file.length() ? start : 0;
            var from = Math.max(since, file.length() - TAIL_BYTES);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException _) {
            // The exit code and the name of the log must be enough.
            return "";
        }
    }

    /** Frames of a stack trace are indented. */
    private static boolean isSentence(String line) {
        return !line.isBlank() && !Character.isWhitespace(line.charAt(0));
    }

    private static String shown(String line) {
        var text = (line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line).strip();
        var whole = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return whole.length() <= LENGTH_MAX ? whole : whole.substring(0, LENGTH_MAX) + "…";
    }
}
