package digitalwallet.process.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A file with a secret that a setting names. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads it.
     *
     * @param name what people call it, such as {@code digest key}
     * @param secret makes the secret of the bytes, or throws IllegalArgumentException when they are
     *     too few
     * @throws InvalidSettingException when it cannot be read, or is too short
     */
    public static <T> T read(String name, Path file, Function<byte[], T> secret) {
        try {
            return secret.apply(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidSettingException("The %s %s cannot be read.".formatted(name, file), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The %s %s is too short: %s.".formatted(name, file, e.getMessage()), e);
        }
    }
}
