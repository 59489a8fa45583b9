package digitalwallet.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The passwords of the roles, made up once and kept in a 0600 file that psql reads too. */
final class Passfile {

    private static final int PASSWORD_BYTES = 24;
    private static final String ANY_PORT_AND_DATABASE = "127.0.0.1:*:*:";

    private final Map<String, String> passwords;

    private Passfile(Map<String, String> passwords) {

        this.passwords = passwords;
    }

    static Passfile openOrCreate(Path file, Iterable<String> roles) {
        var passwords = Files.exists(file) ? read(file) : new LinkedHashMap<String, String>();
        var random = new SecureRandom();
        var complete = true;
        for (var role : roles) {
            complete &= passwords.containsKey(role);
            passwords.computeIfAbsent(role, _ -> password(random));
        }
        if (!complete) {
            var lines = new StringBuilder();
            passwords.forEach(
                    (role, password) ->
                            lines.append(ANY_PORT_AND_DATABASE)
                                    .append(role)
                                    .append(':')
                                    .append(password)
                                    .append('\n'));
            Folders.writePrivate(file, lines.toString());
        }
        return new Passfile(new TreeMap<>(passwords));
    }

    String passwordOf(String role) {
        var password = passwords.get(role);
        if (password == null) {
            throw new IllegalArgumentException("no such role: " + role);
        }
        return password;
    }

    private static Map<String, String> read(Path file) {
        try (var lines = Files.lines(file)) {
            var passwords = new LinkedHashMap<String, String>();
            lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 5)
                    .forEach(fields -> passwords.put(fields[3], fields[4]));
            return passwords;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(SecureRandom random) {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
