package digitalwallet.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates that nobody else trusts: an authority of one's own, and a broker's. */
final class Certificates {

    static final String PASSWORD = "of the key store";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** A key store with the certificate of a broker on 127.0.0.1, which the authority issued. */
    Path ofBroker() {
        var store = folder.resolve("broker.p12");
        make(store, "authority", "-ext", "bc:critical=ca:true");
        make(store, "broker", "-signer", "authority", "-ext", "san=ip:127.0.0.1");
        var _ = pem(store, "authority");
        // With two keys in its store, the broker might show the wrong one.
        keytool(store, List.of("-delete", "-alias", "authority"));
        return store;
    }

    /** The certificate of the authority of {@link #ofBroker}, as PEM. */
    Path authority() {
        return folder.resolve("authority.pem");
    }

    /** The certificate of an authority that issued nothing. */
    Path stranger() {
        var store = folder.resolve("stranger.p12");
        make(store, "stranger", "-ext", "bc:critical=ca:true");
        return pem(store, "stranger");
    }

    private static void make(Path store, String name, String... more) {
        var arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname"));
        arguments.addAll(List.of("CN=" + name, "-keyalg", "EC", "-validity", "2"));
        arguments.addAll(List.of(more));
        keytool(store, arguments);
    }

    private static Path pem(Path store, String name) {
        var file = store.resolveSibling(name + ".pem");
        keytool(store, List.of("-exportcert", "-rfc", "-alias", name, "-file", file.toString()));
        return file;
    }

    private static void keytool(Path store, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            int code = new ProcessBuilder(command).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("keytool failed: " + arguments);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
