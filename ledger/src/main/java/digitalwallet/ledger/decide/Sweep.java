package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Digest;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a closing moves before: a transfer of each balance that is left, by the same initiator and
 * for the same reason, so that whoever knows transfers knows these, too.
 */
final class Sweep {

    private static final long TIME = 0xFFFF_FFFF_FFFF_0000L;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Sweep() {}

    /** The transfers, in the order in which the wallets were opened. */
    static List<Command.Transfer> transfers(Scratch books, Command.Close close) {
        var to = Objects.requireNonNull(close.sweepTo());
        var transfers = new ArrayList<Command.Transfer>();
        for (var wallet : books.walletsOf(close.userId())) {
            var currency = Objects.requireNonNull(wallet.currency());
            long left = Objects.requireNonNull(books.account(wallet)).balance();
            if (left != 0) {
                var given = close.header();
                var header =
                        new Command.Header(
                                id(close.id(), currency),
                                given.initiator(),
                                given.details(),
                                null,
                                null);
                var amount = new Money(left, currency);
                transfers.add(new Command.Transfer(header, close.userId(), to, amount));
            }
        }
        return transfers;
    }

    /**
     * A UUIDv7 of the closing's time that follows from its id: nothing is rolled here, and whoever
     * decides again comes to the same.
     */
    private static UUID id(UUID closing, CurrencyCode currency) {
        var hash = new Digest().text("sweep").id(closing).text(currency.code()).toId();
        return new UUID(
                (closing.getMostSignificantBits() & TIME)
                        | VERSION_7
                        | (hash.getMostSignificantBits() & 0xFFF),
                VARIANT | (hash.getLeastSignificantBits() >>> 2));
    }
}
