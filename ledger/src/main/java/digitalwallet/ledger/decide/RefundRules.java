package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Rejection.PurchaseNotFound;
import digitalwallet.ledger.Rejection.RefundExceedsPurchase;
import digitalwallet.ledger.decide.BatchView.Order;
import digitalwallet.ledger.decide.BatchView.PurchaseState;
import digitalwallet.ledger.decide.Verdict.Draw;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which purchases a refund draws on, and how much. */
final class RefundRules {

    private RefundRules() {}

    /**
     * The refund's moves with what it draws on; one that names no purchase, or an order without
     * one, draws on nothing and is only recorded.
     */
    static Verdict draw(Scratch books, Command.Refund command, List<Move> moves) {
        var purchaseId = command.purchaseId();
        if (purchaseId != null) {
            var purchase = books.purchase(purchaseId);
            if (purchase == null || !belongs(purchase, command)) {
                return Verdict.no(new PurchaseNotFound());
            }
            return allocate(books, command.amount(), List.of(purchaseId), moves);
        }
        var orderId = command.orderId();
        if (orderId == null) {
            return Verdict.yes(moves);
        }
        var order = new Order(command.userId(), command.amount().currency(), orderId);
        var purchases = books.purchasesOf(order);
        return purchases.isEmpty()
                ? Verdict.yes(moves)
                : allocate(books, command.amount(), purchases, moves);
    }

    /** A purchase in another currency is one of another wallet. */
    private static boolean belongs(PurchaseState purchase, Command.Refund command) {
        return purchase.userId().equals(command.userId())
                && purchase.currency() == command.amount().currency()
                && agrees(command.orderId(), purchase.orderId());
    }

    private static boolean agrees(@Nullable String named, @Nullable String actual) {
        return named == null || named.equals(actual);
    }

    private static Verdict allocate(
            Scratch books, Money amount, List<UUID> purchases, List<Move> moves) {
        var draws = new ArrayList<Draw>(purchases.size());
        long open = amount.minorUnits();
        for (var id : purchases) {
            long draw = Math.min(open, left(books, id));
            if (draw > 0) {
                draws.add(new Draw(id, draw));
                open -= draw;
            }
            if (open == 0) {
                return new Verdict.Yes(moves, draws);
            }
        }
        var refundable = new Money(amount.minorUnits() - open, amount.currency());
        return Verdict.no(new RefundExceedsPurchase(refundable, amount));
    }

    private static long left(Scratch books, UUID purchaseId) {
        var purchase = books.purchase(purchaseId);
        if (purchase == null) {
            throw new IllegalStateException("the view names a purchase it does not hold");
        }
        return purchase.amount() - purchase.refunded();
    }
}
