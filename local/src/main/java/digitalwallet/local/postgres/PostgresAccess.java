package digitalwallet.local.postgres;

import java.nio.file.Path;
import java.util.List;

/** How to connect to the database of a server that another process started. */
public record PostgresAccess(String jdbcUrl, String user, String password) {

    /** As the role that reads everything and writes nothing. */
    public static PostgresAccess reader(Path folder, int port) {
        var passwords = Passfile.openOrCreate(passfile(folder), List.of());
        var url = LocalPostgres.url(port, LocalPostgres.DATABASE);
        return new PostgresAccess(
                url, LocalPostgres.READER, passwords.passwordOf(LocalPostgres.READER));
    }

    /** The file with all passwords, in libpq's format. */
    public static Path passfile(Path folder) {
        return folder.resolve("passfile");
    }
}
