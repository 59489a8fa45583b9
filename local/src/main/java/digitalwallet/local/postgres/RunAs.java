package digitalwallet.local.postgres;

import digitalwallet.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user PostgreSQL's programs run as. PostgreSQL refuses to run as root, so root lends it
 * another user. Where that user cannot reach the folder, root lends it a user namespace in which
 * root is an ordinary user.
 *
 * @param prefix put before each command
 * @param userId owns the cluster's files
 */
record RunAs(List<String> prefix, int userId, int groupId) {

    private static final List<String> UNPRIVILEGED_USERS = List.of("postgres", "nobody");

    /**
     * Chooses the user for a folder; when a cluster exists already, its owner is the user.
     *
     * @param folder holds everything of this PostgreSQL and exists
     * @param program must be executable by that user
     */
    static RunAs choose(Path folder, Path data, Path program) {
        var self = attribute(folder, "unix:uid");
        if (currentUserIsNot(0)) {
            return new RunAs(List.of(), self, attribute(folder, "unix:gid"));
        }
        for (var candidate : candidates(data)) {
            if (ShellCommand.run(folder, candidate.command(program.toString(), "--version"))
                    .succeeded()) {
                return candidate;
            }
        }
        throw new LocalFailure(
                "PostgreSQL does not run as root, and no other user can enter "
                        + folder
                        + "; choose another folder with --data, or run as an ordinary user.");
    }

    List<String> command(String... programAndArguments) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(programAndArguments));
        return command;
    }

    void own(Path file) {
        try {
            if (attribute(file, "unix:uid") != userId) {
                Files.setAttribute(file, "unix:gid", groupId, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RunAs> candidates(Path data) {
        var namespace = new RunAs(List.of("unshare", "-U"), 0, 0);
        if (Files.exists(data)) {
            var owner = attribute(data, "unix:uid");
            return List.of(owner == 0 ? namespace : user(owner, attribute(data, "unix:gid")));
        }
        var candidates = new ArrayList<RunAs>();
        UNPRIVILEGED_USERS.stream()
                .filter(RunAs::exists)
                .limit(1)
                .forEach(name -> candidates.add(user(name)));
        candidates.add(namespace);
        return candidates;
    }

    private static boolean exists(String name) {
        return id("-u", name).succeeded();
    }

    private static RunAs user(String name) {
        return user(
                Integer.parseInt(id("-u", name).output().strip()),
                Integer.parseInt(id("-g", name).output().strip()));
    }

    private static RunAs user(int userId, int groupId) {
        var setpriv =
                List.of("setpriv", "--reuid=" + userId, "--regid=" + groupId, "--clear-groups");
        return new RunAs(setpriv, userId, groupId);
    }

    private static ShellCommand.Result id(String option, String name) {
        return ShellCommand.run(Path.of("/"), List.of("id", option, name));
    }

    private static boolean currentUserIsNot(int userId) {
        var shown = ShellCommand.run(Path.of("/"), List.of("id", "-u"));
        return !shown.output().strip().equals(Integer.toString(userId));
    }

    private static int attribute(Path file, String name) {
        try {
            return (Integer) Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
