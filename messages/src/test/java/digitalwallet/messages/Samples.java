package digitalwallet.messages;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message of every kind, each with a golden file of its name. */
final class Samples {

    static final Instant TIME = Instant.parse("2026-11-23T10:00:00Z");
    static final UUID FIRST = UUID.fromString("019ab000-0000-7000-8000-000000000001");
    static final UUID SECOND = UUID.fromString("019ab000-0000-7000-8000-000000000002");
    static final UUID THIRD = UUID.fromString("019ab000-0000-7000-8000-000000000003");

    private static final Parties ALICE = new Parties.One("alice");
    private static final Parties ALICE_TO_BOB = new Parties.Two("alice", "bob");
    private static final PayoutTarget BANK_ACCOUNT =
            new PayoutTarget("sandbox:ok", "DE89370400440532013000");

    private Samples() {}

    static Map<String, CloudEvent> all() {
        var all = new LinkedHashMap<String, CloudEvent>();
        commands(all);
        all.put("command-batch", batch(false).toEvent());
        all.put("command-batch-atomic", batch(true).toEvent());
        transactions(all);
        payments(all);
        return all;
    }

    private static void commands(Map<String, CloudEvent> all) {
        all.put("command-deposit", command("orders", null, deposit()).toEvent());
        all.put(
                "command-queued-by-the-wallet",
                command("wallet", new Caller("alice", "user"), transfer()).toEvent());
        all.put("command-withdraw-payout", command("orders", null, withdraw()).toEvent());
        all.put("command-purchase", command("orders", null, purchase()).toEvent());
        all.put("command-refund", command("orders", null, refund()).toEvent());
        all.put("command-open", command("orders", null, open()).toEvent());
    }

    private static void transactions(Map<String, CloudEvent> all) {
        var sent = posted("transfer", "5.00", ALICE_TO_BOB);
        all.put("transaction-transfer-sender", seen("alice", sent, wallet("alice", "-5.00", 7)));
        all.put("transaction-transfer-receiver", seen("bob", sent, wallet("bob", "5.00", 2)));
        all.put("transaction-payout", seen("alice", payout(), wallet("alice", "-10.00", 8)));
        all.put("transaction-settlement", seen("alice", settlement(), null));
        all.put("transaction-freeze", seen("alice", freeze(), frozen()));
        all.put("transaction-rejected", seen("alice", rejected(), null));
    }

    private static void payments(Map<String, CloudEvent> all) {
        all.put(
                "top-up-succeeded",
                new PaymentEvent.TopUpSucceeded(
                                FIRST, TIME, SECOND, "alice", "10.00", "USD", "sb-1", "alice")
                        .toEvent());
        all.put(
                "payout-succeeded",
                new PaymentEvent.PayoutSucceeded(
                                FIRST, TIME, THIRD, "alice", "10.00", "USD", "sb-2")
                        .toEvent());
        all.put(
                "payout-failed",
                new PaymentEvent.PayoutFailed(
                                FIRST, TIME, THIRD, "alice", "10.00", "USD", "declined")
                        .toEvent());
    }

    static CommandMessage command(String source, @Nullable Caller caller, CommandItem item) {
        return new CommandMessage(FIRST, source, TIME, caller, item);
    }

    static CommandBatchMessage batch(boolean atomic) {
        return new CommandBatchMessage(
                FIRST,
                "orders",
                TIME,
                null,
                atomic,
                atomic ? "batch-1" : null,
                List.of(
                        new CommandBatchMessage.Item(SECOND, deposit()),
                        new CommandBatchMessage.Item(THIRD, transfer())));
    }

    static CommandItem deposit() {
        var labels = new TreeMap<>(Map.of("z", "ü €", "a", "\"quoted\"\n"));
        return new CommandItem(
                "deposit",
                ALICE,
                "10.00",
                "USD",
                "alice",
                new References(null, null, null, "bt-1"),
                new Notes("gift card", "asked by phone", labels),
                null,
                "key-1");
    }

    static CommandItem transfer() {
        return plain("transfer", ALICE_TO_BOB, "5", References.NONE, null);
    }

    private static CommandItem withdraw() {
        return plain("withdraw", ALICE, "10.00", References.NONE, BANK_ACCOUNT);
    }

    private static CommandItem purchase() {
        var order = new References("order-1", null, null, null);
        return plain("purchase", ALICE, "3.50", order, null);
    }

    private static CommandItem refund() {
        var purchase = new References(null, "order-1", SECOND, null);
        return plain("refund", ALICE, "3.50", purchase, null);
    }

    private static CommandItem open() {
        return plain("open", ALICE, null, References.NONE, null);
    }

    private static CommandItem plain(
            String type,
            Parties parties,
            @Nullable String amount,
            References references,
            @Nullable PayoutTarget payout) {
        return new CommandItem(
                type, parties, amount, "USD", "alice", references, Notes.NONE, payout, null);
    }

    static WalletEvent.Transaction posted(String type, String amount, Parties parties) {
        return transaction(type, WalletEvent.Status.POSTED, amount, parties, null, null);
    }

    private static WalletEvent.Transaction payout() {
        return transaction("payout", WalletEvent.Status.POSTED, "10.00", ALICE, BANK_ACCOUNT, null);
    }

    private static WalletEvent.Transaction settlement() {
        return new WalletEvent.Transaction(
                FIRST,
                "settlement",
                WalletEvent.Status.POSTED,
                "10.00",
                "USD",
                ALICE,
                "payments",
                new References(null, null, THIRD, "sb-2"),
                Notes.NONE,
                null,
                TIME,
                null);
    }

    private static WalletEvent.Transaction freeze() {
        return transaction("freeze", WalletEvent.Status.POSTED, null, ALICE, null, null);
    }

    private static WalletEvent.Transaction rejected() {
        var facts = new TreeMap<>(Map.of("required", "5.00", "available", "1.00"));
        return transaction(
                "transfer",
                WalletEvent.Status.REJECTED,
                "5.00",
                ALICE_TO_BOB,
                null,
                new WalletEvent.Rejection("insufficient_funds", facts));
    }

    private static WalletEvent.Transaction transaction(
            String type,
            WalletEvent.Status status,
            @Nullable String amount,
            Parties parties,
            @Nullable PayoutTarget payout,
            WalletEvent.@Nullable Rejection rejection) {
        return new WalletEvent.Transaction(
                THIRD,
                type,
                status,
                amount,
                "USD",
                parties,
                "alice",
                References.NONE,
                Notes.NONE,
                payout,
                TIME,
                rejection);
    }

    private static WalletEvent.Wallet wallet(String user, String amount, long version) {
        return new WalletEvent.Wallet(user, "USD", version, amount, "3.00", "open");
    }

    private static WalletEvent.Wallet frozen() {
        return new WalletEvent.Wallet("alice", "USD", 9, "0.00", "3.00", "frozen");
    }

    private static CloudEvent seen(
            String subject,
            WalletEvent.Transaction transaction,
            WalletEvent.@Nullable Wallet wallet) {
        return new WalletEvent(subject, transaction, wallet).toEvent();
    }
}
