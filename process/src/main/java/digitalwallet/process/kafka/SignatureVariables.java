package digitalwallet.process.kafka;

import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.process.settings.Environment;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.Kind;
import digitalwallet.process.settings.SecretFile;
import digitalwallet.process.settings.Variable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The variables that say which messages a process believes, and how it signs its own. */
public final class SignatureVariables {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureVariables.class);

    private static final Variable<Path> EVENT_KEY_FILE =
            Variable.optional(
                    "EVENT_KEY_FILE",
                    Kind.file(),
                    "Required with Kafka: a file with at least 32 secret bytes, which the events of"
                            + " the wallet and of the payments service are signed with; the same"
                            + " for both.");
    private static final Variable<Path> EVENT_KEY_OTHER_FILE =
            Variable.optional(
                    "EVENT_KEY_OTHER_FILE",
                    Kind.file(),
                    "While that key is replaced: the other one, which is believed, too.");

    /** Whether messages that nobody signed are believed. */
    public static final Variable<Boolean> TRUST_BROKER =
            Variable.usual(
                    "TRUST_BROKER",
                    Kind.flag(),
                    "false",
                    "Whether messages that nobody signed are believed, because the broker's rights"
                            + " let nobody write whom it should not.");

    /** All of them. */
    public static final List<Variable<?>> ALL =
            List.of(EVENT_KEY_FILE, EVENT_KEY_OTHER_FILE, TRUST_BROKER);

    private SignatureVariables() {}

    /**
     * What they say.
     *
     * @param eventKeyFile of the key that signs events
     * @param otherFile of the key before or after it, or null
     * @param trustsBroker whether messages that nobody signed are believed
     */
    public record Signatures(Path eventKeyFile, @Nullable Path otherFile, boolean trustsBroker) {

        /**
         * Reads the keys of events.
         *
         * @throws InvalidSettingException when one cannot be read or is too short
         */
        public MessageKeys events() {
            return keys("event key", eventKeyFile, otherFile);
        }

        /**
         * Says at each start what it means to believe what nobody signed; nothing when that is not
         * so.
         *
         * @param prefix of the process's variables
         */
        public void warn(String prefix) {
            if (trustsBroker) {
                LOG.warn(
                        "{}TRUST_BROKER: messages that nobody signed are believed; whoever may"
                                + " write to the broker may move money",
                        prefix);
            }
        }
    }

    /**
     * Reads them.
     *
     * @throws InvalidSettingException when they do not make sense
     */
    public static Signatures read(Environment environment) {
        return new Signatures(
                environment.required(EVENT_KEY_FILE),
                environment.given(EVENT_KEY_OTHER_FILE).orElse(null),
                environment.get(TRUST_BROKER));
    }

    /**
     * Reads the keys of one sender.
     *
     * @param name what they are called in the sentence that says what is wrong with them
     * @param file of the one that signs
     * @param other of the one before or after it, or null
     * @throws InvalidSettingException when one cannot be read or is too short
     */
    public static MessageKeys keys(String name, Path file, @Nullable Path other) {
        return new MessageKeys(key(name, file), other == null ? null : key(name, other));
    }

    private static MessageKey key(String name, Path file) {
        return SecretFile.read(name, file, MessageKey::new);
    }
}
