package digitalwallet.messages;

import java.util.Optional;

/** The types of messages; each name ends in the version of its data. */
public enum MessageType {
    /** One command, in {@link Topic#COMMANDS}. */
    COMMAND("wallet.command.v1"),
    /** Several commands as one message, in {@link Topic#COMMANDS}. */
    COMMAND_BATCH("wallet.command-batch.v1"),
    /** What a transaction did to one wallet, in {@link Topic#TRANSACTIONS}. */
    TRANSACTION("wallet.transaction.v1"),
    /** Money that came in, in {@link Topic#PAYMENTS}. */
    TOP_UP("payments.top-up.v1"),
    /** Money that went out or did not, in {@link Topic#PAYMENTS}. */
    PAYOUT("payments.payout.v1");

    private final String word;

    MessageType(String word) {
        this.word = word;
    }

    /** The attribute {@code type}. */
    public String word() {
        return word;
    }

    /** The type with this name; empty when there is none, also for another version of one. */
    public static Optional<MessageType> find(String word) {
        for (var type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
