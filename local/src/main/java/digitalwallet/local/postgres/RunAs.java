package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that a program runs as. Root lends every program another user: PostgreSQL refuses to run
 * as root, and the others need not. Where that user cannot reach the folder, root lends a user
 * namespace in which root is an ordinary user.
 *
 * <p>What lies in a folder of such a user may be a link to anything. So root neither writes nor
 * deletes there: it has that done as the user, who can only harm what is theirs.
 *
 * @param prefix put before each command; empty when this process is not root
 * @param userId owns the program's files
 */
public record RunAs(List<String> prefix, int userId, int groupId) {

    private static final List<String> UNPRIVILEGED_USERS = List.of("postgres", "nobody");

    /** Numbers that belong to nobody's account; systemd lends services such users, too. */
    private static final int UNNAMED_LOWEST = 61_184;

    private static final int UNNAMED_BEYOND = 65_519;
    private static final int ROOT = 0;

    private static final String READABLE =
            "cd \"$0\" && for file; do test -r \"$file\" || exit 1; done";
    private static final String WRITE =
            "umask 077 && rm -f -- \"$0.new\" && cat > \"$0.new\" && mv -f -- \"$0.new\" \"$0\"";
    private static final String APPEND = "cat >> \"$0\"";

    /**
     * Chooses the user for a PostgreSQL, which needs one with a name; when a cluster exists
     * already, its owner is the user.
     *
     * @param folder holds everything of this PostgreSQL and exists
     * @param program must be executable by that user
     */
    static RunAs forPostgres(Path folder, Path data, Path program) {
        if (!isRoot()) {
            return self(folder);
        }
        var candidates = new ArrayList<RunAs>();
        if (Files.exists(data)) {
            candidates.add(ownerOf(data));
        } else {
            UNPRIVILEGED_USERS.stream()
                    .filter(name -> id("-u", name).succeeded())
                    .limit(1)
                    .forEach(name -> candidates.add(user(name)));
            candidates.add(namespace());
        }
        return firstThatCan(
                "PostgreSQL", folder, candidates, List.of(program.toString(), "--version"));
    }

    /**
     * Chooses the user for a Java program: one without a name, so that no other program has the
     * same; when the program has data already, their owner is the user. Data that belong to root
     * are handed over.
     *
     * @param program for people
     * @param folder where it works; exists
     * @param data what it writes; need not exist
     * @param files that it must be able to read
     */
    public static RunAs forJava(String program, Path folder, Path data, List<Path> files) {
        if (!isRoot()) {
            return self(folder);
        }
        var candidates = new ArrayList<RunAs>();
        if (Files.exists(data) && attribute(data, "unix:uid") != ROOT) {
            candidates.add(ownerOf(data));
        } else {
            candidates.add(unnamed(folder));
            candidates.add(namespace());
        }
        var readable = new ArrayList<>(List.of("/bin/sh", "-c", READABLE, folder.toString()));
        files.forEach(file -> readable.add(file.toString()));
        return firstThatCan(program, folder, candidates, readable);
    }

    /** The same for a program that writes nothing but what it is given open. */
    public static RunAs forJava(String program, Path folder, List<Path> files) {
        return forJava(program, folder, folder.resolve("no data"), files);
    }

    private static RunAs firstThatCan(
            String program, Path folder, List<RunAs> candidates, List<String> command) {
        return candidates.stream()
                .filter(
                        candidate ->
                                ShellCommand.run(
                                                folder,
                                                candidate.command(command.toArray(String[]::new)))
                                        .succeeded())
                .findFirst()
                .orElseThrow(
                        () ->
                                new LocalFailure(
                                        program
                                                + " does not run as root, and no other user can"
                                                + " enter "
                                                + folder
                                                + " and read its programs; choose another folder"
                                                + " with --data, or run as an ordinary user."));
    }

    /** A command as this user. */
    public List<String> command(String... programAndArguments) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(programAndArguments));
        return command;
    }

    /** Whether programs run as root, but without its privileges. */
    public boolean isStillRoot() {
        return !prefix.isEmpty() && userId == ROOT;
    }

    /** Hands a file over to this user. It must lie in a folder that is not theirs. */
    public void own(Path file) {
        try {
            if (attribute(file, "unix:uid") != userId) {
                Files.setAttribute(file, "unix:gid", groupId, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands a folder that belongs to root over with all that is in it; the folder last, so that
     * nobody else is in it meanwhile and an interrupted attempt is made again.
     */
    public void ownAll(Path folder) {
        if (attribute(folder, "unix:uid") == userId) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            own(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path each, @org.jspecify.annotations.Nullable IOException failure) {
                            own(each);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets this user pass through a folder of ours, and nobody else. */
    public void alone(Path folder) {
        permit(folder, "rwx------", "rwx--x---");
    }

    /** Lets this user read a file of root's, in a folder of root's, and nobody else. */
    public void mayRead(Path file) {
        permit(file, "rw-------", "rw-r-----");
    }

    /** The path must not be one that this user can make a link of. */
    private void permit(Path path, String ours, String theirs) {
        var isAnother = !prefix.isEmpty() && userId != ROOT;
        if (isAnother && attribute(path.resolveSibling(""), "unix:uid") == userId) {
            throw new IllegalArgumentException("in a folder of another user: " + path);
        }
        try {
            if (isAnother) {
                Files.setAttribute(path, "unix:gid", groupId, LinkOption.NOFOLLOW_LINKS);
            }
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(isAnother ? theirs : ours));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a private file in a folder of this user's, whole or not at all; replaces a link. */
    void write(Path file, String content) {
        asUser(WRITE, file, content);
    }

    /** Appends to a file in a folder of this user's. */
    void append(Path file, String content) {
        asUser(APPEND, file, content);
    }

    private void asUser(String script, Path file, String content) {
        var command = command("/bin/sh", "-c", script, file.toString());
        var result = ShellCommand.run(file.resolveSibling(""), command, content);
        if (!result.succeeded()) {
            throw new LocalFailure(file + " cannot be written: " + result.output().strip() + ".");
        }
    }

    /** Deletes a folder of this user's with all that is in it; one that is not there is fine. */
    public void delete(Path folder) {
        if (prefix.isEmpty() || !Files.exists(folder) || attribute(folder, "unix:uid") == ROOT) {
            Folders.delete(folder);
            return;
        }
        ShellCommand.run(
                folder.resolveSibling(""),
                command("find", folder.toString(), "-mindepth", "1", "-delete"));
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunAs self(Path folder) {
        return new RunAs(List.of(), attribute(folder, "unix:uid"), attribute(folder, "unix:gid"));
    }

    private static RunAs namespace() {
        return new RunAs(List.of("unshare", "-U"), ROOT, ROOT);
    }

    private static RunAs ownerOf(Path data) {
        var owner = attribute(data, "unix:uid");
        return owner == ROOT ? namespace() : user(owner, attribute(data, "unix:gid"));
    }

    /** Always the same one for a folder, as long as nobody gets an account with its number. */
    private static RunAs unnamed(Path folder) {
        var span = UNNAMED_BEYOND - UNNAMED_LOWEST;
        var number = UNNAMED_LOWEST + Math.floorMod(folder.toString().hashCode(), span);
        while (id("-un", Integer.toString(number)).succeeded()) {
            number = number + 1 < UNNAMED_BEYOND ? number + 1 : UNNAMED_LOWEST;
        }
        return user(number, number);
    }

    private static RunAs user(String name) {
        return user(
                Integer.parseInt(id("-u", name).output().strip()),
                Integer.parseInt(id("-g", name).output().strip()));
    }

    private static RunAs user(int userId, int groupId) {
        var setpriv =
                List.of(
                        "setpriv",
                        "--reuid=" + userId,
                        "--regid=" + groupId,
                        "--clear-groups",
                        "--no-new-privs");
        return new RunAs(setpriv, userId, groupId);
    }

    private static ShellCommand.Result id(String option, String name) {
        return ShellCommand.run(Path.of("/"), List.of("id", option, name));
    }

    private static boolean isRoot() {
        var shown = ShellCommand.run(Path.of("/"), List.of("id", "-u"));
        return shown.output().strip().equals(Integer.toString(ROOT));
    }

    private static int attribute(Path file, String name) {
        try {
            return (Integer) Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
