package digitalwallet.local.folder;

import digitalwallet.local.postgres.Folders;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the holder of a folder's lock does there. True only while the lock is held.
 *
 * @param command the holder's command, such as {@code up}
 * @param processId the holder's process number
 * @param state such as {@code starting} or {@code ready}
 * @param url of the wallet; empty when the holder serves none
 * @param postgresPort 0 while PostgreSQL does not run
 * @param managementPort 0 when there is none
 * @param kafka where its clients connect to; empty while or when there is none
 * @param payments the URL of the payments service; empty while or when there is none
 * @param paymentsManagementPort 0 when there is none
 * @param down the names of what died too often and is not started any more, with commas between
 *     them; empty when there is none
 */
public record Running(
        String command,
        long processId,
        String state,
        String url,
        int postgresPort,
        int managementPort,
        String kafka,
        String payments,
        int paymentsManagementPort,
        String down) {

    /** The same, with what stays down by now. */
    public Running without(List<String> children) {
        return new Running(
                command,
                processId,
                state,
                url,
                postgresPort,
                managementPort,
                kafka,
                payments,
                paymentsManagementPort,
                String.join(", ", children));
    }

    public void write(DataFolder folder) {
        Folders.writePrivate(
                folder.file("running"),
                """
                command=%s
                process=%d
                state=%s
                url=%s
                postgres-port=%d
                management-port=%d
                kafka=%s
                payments=%s
                payments-management-port=%d
                down=%s
                """
                        .formatted(
                                command,
                                processId,
                                state,
                                url,
                                postgresPort,
                                managementPort,
                                kafka,
                                payments,
                                paymentsManagementPort,
                                down));
    }

    public static Optional<Running> read(DataFolder folder) {
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(folder.file("running"))));
            return Optional.of(
                    new Running(
                            properties.getProperty("command", ""),
                            Long.parseLong(properties.getProperty("process", "0")),
                            properties.getProperty("state", ""),
                            properties.getProperty("url", ""),
                            Integer.parseInt(properties.getProperty("postgres-port", "0")),
                            Integer.parseInt(properties.getProperty("management-port", "0")),
                            properties.getProperty("kafka", ""),
                            properties.getProperty("payments", ""),
                            Integer.parseInt(
                                    properties.getProperty("payments-management-port", "0")),
                            properties.getProperty("down", "")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void forget(DataFolder folder) {
        try {
            Files.deleteIfExists(folder.file("running"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
