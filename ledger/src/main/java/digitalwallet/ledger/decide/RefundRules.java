package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.Rejection.PurchaseNotFound;
import digitalwallet.ledger.Rejection.RefundExceedsPurchase;
import digitalwallet.ledger.Rejection.TooManyPurchases;
import digitalwallet.ledger.decide.Verdict.Draw;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which purchases a refund draws on, and how much. A purchase is never refunded beyond its amount,
 * and an order never beyond its purchases: what was given back for it before it had any counts,
 * too.
 */
final class RefundRules {

    private final Scratch books;
    private final boolean purchaseNeeded;

    /**
     * The rules, over these books.
     *
     * @param purchaseNeeded whether a refund that matches no purchase is refused
     */
    RefundRules(Scratch books, boolean purchaseNeeded) {
        this.books = books;
        this.purchaseNeeded = purchaseNeeded;
    }

    /**
     * The refund's moves with what it draws on. One that names nothing, or an order that was paid
     * elsewhere, draws on nothing.
     */
    Verdict draw(Command.Refund command, List<Move> moves) {
        var purchaseId = command.purchaseId();
        var orderId = command.orderId();
        if (purchaseId != null) {
            return drawOnPurchase(command, purchaseId, moves);
        }
        return orderId == null
                ? drawOnNothing(moves)
                : drawOnOrder(command.amount(), order(command, orderId), moves);
    }

    private Verdict drawOnNothing(List<Move> moves) {
        return purchaseNeeded ? Verdict.no(new PurchaseNotFound()) : Verdict.yes(moves);
    }

    private Verdict drawOnPurchase(Command.Refund command, UUID purchaseId, List<Move> moves) {
        var purchase = books.purchase(purchaseId);
        if (purchase == null || !belongs(purchase, command)) {
            return Verdict.no(new PurchaseNotFound());
        }
        var amount = command.amount();
        var order = purchase.order();
        var state = order == null ? OrderState.NONE : books.order(order);
        // Without credit each purchase's own rest is what all of them together allow.
        long refundable =
                state.credited() == 0
                        ? purchase.left()
                        : Math.min(purchase.left(), state.refundable(left(state)));
        if (amount.minorUnits() <= refundable) {
            return new Verdict.Yes(moves, List.of(new Draw(purchaseId, amount.minorUnits())));
        }
        return amount.minorUnits() <= purchase.left()
                ? exceeds(state, refundable, amount)
                : exceeds(OrderState.NONE, refundable, amount);
    }

    private Verdict drawOnOrder(Money amount, Order order, List<Move> moves) {
        var state = books.order(order);
        if (state.purchases().isEmpty() && state.complete()) {
            // Bought in another currency, or written in another case: not an order unheard of.
            return state.sold() ? Verdict.no(new PurchaseNotFound()) : drawOnNothing(moves);
        }
        long refundable = state.refundable(left(state));
        if (amount.minorUnits() > refundable) {
            return exceeds(state, refundable, amount);
        }
        var draws = new ArrayList<Draw>(1);
        long open = amount.minorUnits();
        for (var id : state.purchases()) {
            long draw = Math.min(open, left(id));
            if (draw > 0) {
                draws.add(new Draw(id, draw));
                open -= draw;
            }
            if (open == 0) {
                break;
            }
        }
        return new Verdict.Yes(moves, draws);
    }

    private static Verdict exceeds(OrderState order, long minorUnits, Money required) {
        var refundable = new Money(minorUnits, required.currency());
        return Verdict.no(
                order.complete()
                        ? new RefundExceedsPurchase(refundable, required)
                        : new TooManyPurchases(refundable, required));
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

    private static Order order(Command.Refund command, String orderId) {
        return new Order(command.userId(), command.amount().currency(), orderId);
    }

    /** Of an order's purchases together. */
    private long left(OrderState order) {
        long left = 0;
        for (var id : order.purchases()) {
            left = Math.addExact(left, left(id));
        }
        return left;
    }

    private long left(UUID purchaseId) {
        var purchase = books.purchase(purchaseId);
        if (purchase == null) {
            throw new IllegalStateException("the view names a purchase it does not hold");
        }
        return purchase.left();
    }
}
