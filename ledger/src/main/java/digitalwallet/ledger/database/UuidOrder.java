package digitalwallet.ledger.database;

import java.util.Comparator;
import java.util.UUID;

/** The order of PostgreSQL's uuid, byte by byte; Java's own takes the halves for signed numbers. */
public final class UuidOrder implements Comparator<UUID> {

    /** The one instance. */
    public static final UuidOrder OF_POSTGRESQL = new UuidOrder();

    private UuidOrder() {}

    @Override
    public int compare(UUID one, UUID other) {
        int high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
