package digitalwallet.payments.flow;

import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Keys;
import digitalwallet.payments.store.Payment;
import digitalwallet.payments.store.Payments;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Takes orders for top-ups, each key once. */
public final class TopUps {

    private final Database database;
    private final Payments payments;
    private final Keys keys;
    private final BiConsumer<Checkpoint, UUID> checkpoint;

    /** Stores orders in this database. */
    public TopUps(Database database, BiConsumer<Checkpoint, UUID> checkpoint) {
        this.database = database;
        this.payments = new Payments(database);
        this.keys = new Keys(database);
        this.checkpoint = checkpoint;
    }

    /** What became of an order. */
    public sealed interface Taken {
        /** It is new. */
        record Created(Payment payment) implements Taken {}

        /** The same order came before. */
        record Repeated(Payment payment) implements Taken {}

        /** The key stands for another order. */
        record KeyReused() implements Taken {}
    }

    /**
     * Takes an order.
     *
     * @param payment in the state in which it begins
     * @param fingerprint digest of what the caller means, without ids and times
     */
    public Taken take(Payment payment, String key, String fingerprint) {
        var taken = database.inTransaction(() -> takeOnce(payment, key, fingerprint));
        if (taken instanceof Taken.Created(var created)) {
            checkpoint.accept(Checkpoint.PAYMENT_STORED, created.id());
        }
        return taken;
    }

    private Taken takeOnce(Payment payment, String key, String fingerprint) {
        var caller = payment.authenticatedAs();
        if (keys.insert(caller, key, fingerprint, payment.id())) {
            payments.insert(payment);
            return new Taken.Created(payment);
        }
        var use = keys.find(caller, key).orElseThrow();
        return use.fingerprint().equals(fingerprint)
                ? new Taken.Repeated(payments.find(use.paymentId()).orElseThrow())
                : new Taken.KeyReused();
    }
}
