package digitalwallet.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a command does. The numbers are stored and hashed; the words are used in JSON. */
public enum TransactionType {
    DEPOSIT(1, "deposit"),
    WITHDRAW(2, "withdraw"),
    PURCHASE(3, "purchase"),
    REFUND(4, "refund"),
    TRANSFER(5, "transfer"),
    OPEN(6, "open"),
    FREEZE(7, "freeze"),
    UNFREEZE(8, "unfreeze"),
    CLOSE(9, "close"),
    PAYOUT(10, "payout"),
    SETTLEMENT(11, "settlement"),
    REVERSAL(12, "reversal"),
    REOPEN(13, "reopen");

    private static final Map<String, TransactionType> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toMap(TransactionType::word, Function.identity()));

    private final int number;
    private final String word;

    TransactionType(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** The number stored in the books. */
    public int number() {
        return number;
    }

    /** The word used in JSON. */
    public String word() {
        return word;
    }

    /**
     * The type with this stored number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TransactionType of(int number) {
        for (var type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("no transaction type " + number);
    }

    /** The type with this word; empty when there is none. */
    public static Optional<TransactionType> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** All words, sorted, for people. */
    public static String words() {
        return BY_WORD.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
