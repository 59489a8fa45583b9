package digitalwallet.local.folder;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.postgres.Folders;
import digitalwallet.local.postgres.RunAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The folder with everything a local wallet keeps. Its path is absolute and without links. */
public final class DataFolder {

    static final String VERSION = "1";
    private static final long FREE_BYTES_MIN = 1L << 30;
    private static final int SECRET_BYTES = 32;

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /** Names a folder that need not exist. */
    public static DataFolder at(Path path) {
        try {
            var absolute = path.toAbsolutePath().normalize();
            return new DataFolder(Files.exists(absolute) ? absolute.toRealPath() : absolute);
        } catch (IOException e) {
            throw new LocalFailure("The data folder " + path + " cannot be read.", e);
        }
    }

    /**
     * Creates the folder if need be; refuses one that holds something else, which might be
     * somebody's home.
     */
    public DataFolder created() {
        try {
            if (Files.exists(path) && !Files.exists(file("version")) && !isNew()) {
                throw new LocalFailure(
                        path
                                + " is not empty and not a wallet's data folder; choose another"
                                + " with --data.");
            }
            Files.createDirectories(path);
            return new DataFolder(Folders.passable(path).toRealPath());
        } catch (IOException | UncheckedIOException e) {
            throw new LocalFailure(
                    "The data folder " + path + " cannot be written; choose another with --data.",
                    e);
        }
    }

    private boolean isNew() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .allMatch(name -> name.equals("lock") || name.startsWith("version"));
        }
    }

    /**
     * Makes sure that this version of the wallet may work here, and that the folders in it exist.
     */
    public DataFolder prepared() {
        try {
            var version = file("version");
            if (!Files.exists(version)) {
                Folders.writePrivate(version, VERSION + "\n");
            }
            var found = Files.readString(version).strip();
            if (!found.equals(VERSION)) {
                throw new LocalFailure(
                        "The data folder "
                                + path
                                + " has version "
                                + found
                                + ", but this wallet works with version "
                                + VERSION
                                + "; choose another with --data.");
            }
            for (var folder : List.of("log", "run", "tmp", "postgres", "issuer")) {
                Folders.passable(file(folder));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses to start on a disk that is nearly full. */
    public void requireFreeDisk() {
        try {
            var free = Files.getFileStore(path).getUsableSpace();
            if (free < FREE_BYTES_MIN) {
                throw new LocalFailure(
                        "There is too little free disk at "
                                + path
                                + ": "
                                + (free >> 20)
                                + " MiB, but the wallet wants "
                                + (FREE_BYTES_MIN >> 20)
                                + " MiB.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secret that bank references are digested with, made once. */
    public Path digestKey() {
        return secret("digest-key");
    }

    /** The secret that the wallet's own messages in the queue are signed with, made once. */
    public Path queueKey() {
        return secret("queue-key");
    }

    /** The secret that the events of wallet and payments are signed with, made once. */
    public Path eventKey() {
        return secret("event-key");
    }

    /** The secret that the sandbox bank signs its webhooks with, made once. */
    public Path webhookKey() {
        return secret("webhook-key");
    }

    private Path secret(String name) {
        var file = file(name);
        if (!Files.exists(file)) {
            var key = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(key);
            Folders.writePrivate(file, key);
        }
        return file;
    }

    public boolean exists() {
        return Files.exists(file("version"));
    }

    /** Whether a wallet has run here: its books are made when it first starts. */
    public boolean hasBooks() {
        return Files.exists(postgres().resolve("data"));
    }

    public Path path() {
        return path;
    }

    public Path postgres() {
        return file("postgres");
    }

    public Path kafka() {
        return file("kafka");
    }

    /** The registry of the services that write commands themselves. */
    public Path producers() {
        return file("producers");
    }

    public Path issuer() {
        return file("issuer");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The folder of all logs. */
    public Path logs() {
        return file("log");
    }

    /** Programs that must not change while they run. */
    public Path run() {
        return file("run");
    }

    /**
     * Where a program puts what it needs only while it runs, so that what it leaves when it is
     * killed does not pile up on the machine: emptied at each call.
     *
     * @param program one that nobody else runs on this folder at the same time
     * @param runAs the user it runs as
     */
    public Path temporary(String program, RunAs runAs) {
        return Folders.emptied(file("tmp").resolve(program), runAs);
    }

    /** Deletes what programs of an earlier owner of the lock have left there. */
    public void clearTemporary(RunAs runAs) {
        try (var left = Files.list(file("tmp"))) {
            left.forEach(runAs::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
