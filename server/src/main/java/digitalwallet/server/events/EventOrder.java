package digitalwallet.server.events;

import digitalwallet.ledger.publishing.JournalTransaction;
import digitalwallet.ledger.publishing.WalletChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a round's events are published: by their times, but the versions of a wallet
 * always in their own order, even if the clocks said otherwise.
 */
final class EventOrder {

    private static final UUID NO_WALLET = new UUID(0, 0);

    /**
     * An event that is due.
     *
     * @param source which of the transactions it tells of
     * @param change the wallet it tells of; null when the transaction touched none
     * @param time never before that of the wallet's previous version
     */
    record Due(
            int source, @Nullable WalletChange change, UUID walletId, long version, Instant time) {

        private Due notBefore(Instant below) {
            return time.isBefore(below) ? new Due(source, change, walletId, version, below) : this;
        }

        private static int byWallet(Due one, Due other) {
            int wallets = one.walletId.compareTo(other.walletId);
            return wallets == 0 ? Long.compare(one.version, other.version) : wallets;
        }

        private static int byTime(Due one, Due other) {
            int times = one.time.compareTo(other.time);
            return times == 0 ? Long.compare(one.version, other.version) : times;
        }
    }

    private EventOrder() {}

    /** The events of these transactions in their order. */
    static List<Due> of(List<JournalTransaction> transactions) {
        var events = new ArrayList<Due>(2 * transactions.size());
        for (int i = 0; i < transactions.size(); i++) {
            var each = transactions.get(i);
            for (var change : each.changes()) {
                events.add(
                        new Due(
                                i,
                                change,
                                change.walletId(),
                                change.version(),
                                change.createdAt()));
            }
            if (each.changes().isEmpty()) {
                events.add(new Due(i, null, NO_WALLET, 0, each.transaction().createdAt()));
            }
        }
        events.sort(Due::byWallet);
        neverBack(events);
        events.sort(Due::byTime);
        return events;
    }

    /**
     * The books never give a version an earlier time than the previous one. If they did, the order
     * of the versions would still come first.
     */
    private static void neverBack(List<Due> byWallet) {
        for (int i = 1; i < byWallet.size(); i++) {
            var below = byWallet.get(i - 1);
            var due = byWallet.get(i);
            if (due.change != null && due.walletId.equals(below.walletId)) {
                byWallet.set(i, due.notBefore(below.time));
            }
        }
    }
}
