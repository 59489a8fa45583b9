package digitalwallet.server.queue;

import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import digitalwallet.kafka.signature.MessageKey;
import digitalwallet.kafka.signature.MessageKeys;
import digitalwallet.ledger.Command;
import digitalwallet.messages.CloudEvent;
import digitalwallet.server.producer.Producer;
import digitalwallet.server.producer.Producers;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may write commands to Kafka: the wallet itself, for its callers, and the producers it knows.
 *
 * @param wallet the wallet's own keys
 * @param trustsBroker whether whoever the broker lets write is believed without a signature
 */
record Senders(MessageKeys wallet, Producers producers, boolean trustsBroker) {

    /** Who sent a message. */
    sealed interface Sender {

        /** As whom its commands are read. */
        Caller caller();

        /**
         * Makes sure that the sender may send this.
         *
         * @throws MalformedCommandException when it may not
         */
        void requireAllowed(Command command);
    }

    /** Whose rights were decided by the wallet, or are left to the broker. */
    private record Unrestricted(Caller caller) implements Sender {

        @Override
        public void requireAllowed(Command command) {
            // What the caller's roles allow has been decided.
        }
    }

    /** Who may do what the file of producers says. */
    private record Restricted(Producer producer) implements Sender {

        @Override
        public Caller caller() {
            return producer.caller();
        }

        @Override
        public void requireAllowed(Command command) {
            producer.refusal(command)
                    .ifPresent(
                            why -> {
                                throw new MalformedCommandException("not_allowed", why);
                            });
        }
    }

    /** The key with this id; empty when it is nobody's. */
    Optional<MessageKey> key(String id) {
        return wallet.find(id).or(() -> producers.key(id));
    }

    /**
     * Who sent this.
     *
     * @param keyId the key it is signed with; null when the broker vouches for it
     * @throws MalformedCommandException when it pretends to be somebody else
     */
    Sender of(CloudEvent event, @Nullable String keyId) {
        if (keyId != null && wallet.find(keyId).isPresent()) {
            return new Unrestricted(behind(event));
        }
        if (!Producer.isSource(event.source())) {
            throw new MalformedCommandException("invalid_attribute", Producer.SOURCE_FORM);
        }
        if (keyId == null) {
            return new Unrestricted(new Caller(event.source(), Set.of(Role.SYSTEM)));
        }
        var producer = producers.ofKey(keyId).orElseThrow();
        if (!producer.source().equals(event.source())) {
            throw new MalformedCommandException(
                    "wrong_source", "the key is not one of the source that the message names");
        }
        return new Restricted(producer);
    }

    /** The caller for whom the wallet queued it. */
    private static Caller behind(CloudEvent event) {
        var caller = digitalwallet.messages.Caller.of(event);
        if (caller == null) {
            throw new MalformedCommandException(
                    "missing_attribute", "the wallet names the caller of what it queues");
        }
        var roles =
                Arrays.stream(caller.role().split(" ", -1))
                        .map(Senders::role)
                        .collect(Collectors.toUnmodifiableSet());
        return new Caller(caller.id(), roles);
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new MalformedCommandException(
                                        "invalid_attribute", "there is no such role"));
    }
}
