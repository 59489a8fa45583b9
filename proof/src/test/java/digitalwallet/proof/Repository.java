package digitalwallet.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of this repository, without what was built or fetched. */
public final class Repository {

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".wallet", ".idea");

    private Repository() {}

    /** The folder with the {@code wallet} script. */
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("wallet"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("these tests run inside the repository");
        }
        return folder;
    }

    /** All files whose names end so, relative to the root, in order. */
    public static List<Path> files(String ending) {
        var root = root();
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new Collector(root, ending, found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    /** What stands in a file, named relative to the root. */
    public static String text(Path file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final String ending;
        private final List<Path> found;

        Collector(Path root, String ending, List<Path> found) {
            this.root = root;
            this.ending = ending;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
                found.add(root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
