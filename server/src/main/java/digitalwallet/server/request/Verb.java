package digitalwallet.server.request;

import digitalwallet.ledger.TransactionType;
import digitalwallet.server.security.Permission;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be asked of the wallet, however it is asked: by a path, in a batch, in a message. Nobody
 * asks for other types of transactions: a withdrawal with a target becomes a payout, and the
 * payments service tells what becomes of payouts.
 */
public enum Verb {
    DEPOSIT(Permission.CREDIT, Form.DEPOSIT, Kind.MONEY),
    WITHDRAW(Permission.SPEND, Form.WITHDRAW, Kind.MONEY),
    PURCHASE(Permission.SPEND, Form.PURCHASE, Kind.MONEY),
    REFUND(Permission.CREDIT, Form.REFUND, Kind.MONEY),
    TRANSFER(Permission.SPEND, Form.TRANSFER, Kind.MONEY),
    OPEN(Permission.OPEN_WALLET, Form.OPEN, Kind.WALLET),
    FREEZE(Permission.CHANGE_STATUS, Form.FREEZE, Kind.STATUS),
    UNFREEZE(Permission.CHANGE_STATUS, Form.UNFREEZE, Kind.STATUS),
    CLOSE(Permission.CHANGE_STATUS, Form.CLOSE, Kind.STATUS),
    REOPEN(Permission.CHANGE_STATUS, Form.REOPEN, Kind.STATUS);

    private enum Kind {
        /** Moves money: a key may be demanded, so that it is not moved twice. */
        MONEY,
        /** Makes a place for money; doing that twice does no harm. */
        WALLET,
        /** Changes a wallet's status: the caller waits until it is done. */
        STATUS
    }

    private static final Map<String, Verb> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Verb::word, Function.identity()));

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Permission permission;
    private final Form form;
    private final Kind kind;

    Verb(Permission permission, Form form, Kind kind) {
        this.permission = permission;
        this.form = form;
        this.kind = kind;
    }

    /** The verb with this word; empty when there is none. */
    static Optional<Verb> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /**
     * The verb by which transactions of this type are asked for.
     *
     * @throws IllegalArgumentException when nobody asks for them
     */
    public static Verb of(TransactionType type) {
        return switch (type) {
            case DEPOSIT -> DEPOSIT;
            case WITHDRAW, PAYOUT -> WITHDRAW;
            case PURCHASE -> PURCHASE;
            case REFUND -> REFUND;
            case TRANSFER -> TRANSFER;
            case OPEN -> OPEN;
            case FREEZE -> FREEZE;
            case UNFREEZE -> UNFREEZE;
            case CLOSE -> CLOSE;
            case REOPEN -> REOPEN;
            case SETTLEMENT, REVERSAL ->
                    throw new IllegalArgumentException("nobody asks for a " + type.word());
        };
    }

    /** The word in JSON. */
    public String word() {
        return word;
    }

    Permission permission() {
        return permission;
    }

    Form form() {
        return form;
    }

    /** Whether a key may be demanded of it. */
    boolean movesMoney() {
        return kind == Kind.MONEY;
    }

    /** Whether it may be sent through the queue, by this wallet or directly. */
    public boolean isQueueable() {
        return kind != Kind.STATUS;
    }
}
