import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a kill must not wipe out: lines of a file, each on the disk before the next step. */
final class Journal implements AutoCloseable {

    /** One movement as the journal knows it; location and end are empty until they are known. */
    record Intent(
            String name,
            String key,
            Instant time,
            String path,
            String body,
            String location,
            String end) {

        boolean isOpen() {
            return end.isEmpty() && location.isEmpty();
        }

        boolean isQueued() {
            return end.isEmpty() && !location.isEmpty();
        }
    }

    private static final Pattern LINE =
            Pattern.compile("intent(\t[^\t]+){5}|(queued|end)(\t[^\t]*){2,4}");

    private final FileChannel file;
    private final Map<String, Intent> intents = new LinkedHashMap<>();
    private boolean isWrittenTo;

    /**
     * Opens it, or makes a new one.
     *
     * @throws IllegalStateException with a sentence, when another sender has it or another program wrote it
     */
    Journal(Path path) throws IOException {
        file = FileChannel.open(path, CREATE, READ, WRITE);
        if (file.tryLock() == null) {
            throw new IllegalStateException("another sender works with " + path);
        }
        try (var folder = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
            folder.force(true);
        }
        var bytes = ByteBuffer.allocate((int) file.size());
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        var text = new String(bytes.array(), UTF_8);
        // Half a line was being written when the power went; what it told has not begun.
        var whole = text.substring(0, text.lastIndexOf('\n') + 1);
        whole.lines().forEach(line -> read(line, path));
        file.truncate(whole.getBytes(UTF_8).length);
        file.position(file.size());
    }

    /** Whether anything was written since it was opened. */
    boolean isWrittenTo() {
        return isWrittenTo;
    }

    List<Intent> intents() {
        return List.copyOf(intents.values());
    }

    /** The movement with this name, or null. */
    Intent find(String name) {
        return intents.get(name);
    }

    boolean hasPuzzles() {
        return intents.values().stream().anyMatch(intent -> intent.end().equals("look"));
    }

    void write(String... fields) throws IOException {
        var line = String.join("\t", fields);
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
        isWrittenTo = true;
        apply(line);
        System.out.println(line);
    }

    private void read(String line, Path path) {
        if (!LINE.matcher(line).matches()
                || !line.startsWith("intent") && !intents.containsKey(line.split("\t", 3)[1])) {
            throw new IllegalStateException(path + " is not a journal of this program: " + line);
        }
        apply(line);
    }

    private void apply(String line) {
        var f = line.split("\t", 6);
        var i = intents.get(f[1]);
        intents.put(
                f[1],
                switch (f[0]) {
                    case "intent" ->
                            new Intent(f[1], f[2], Instant.parse(f[3]), f[4], f[5], "", "");
                    case "queued" -> new Intent(i.name, i.key, i.time, i.path, i.body, f[2], "");
                    case "end" ->
                            new Intent(i.name, i.key, i.time, i.path, i.body, i.location, f[2]);
                    default -> throw new IllegalStateException("not a journal: " + line);
                });
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
