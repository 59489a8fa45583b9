package digitalwallet.ledger.posting;

import digitalwallet.ledger.database.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the fields of a row one by one, in the order of its table's columns. */
interface RowSink {

    /** A row begins. */
    void row(Table table);

    void uuid(@Nullable UUID value);

    void int8(@Nullable Long value);

    void int8(long value);

    void int4(int value);

    void int2(int value);

    void text(@Nullable String value);

    void bytes(byte @Nullable [] value);

    /** A point in time, to the microsecond. */
    void time(Instant value);

    void uuids(List<UUID> values);

    void int8s(long[] values);

    void int4s(int[] values);

    void int2s(int[] values);

    void texts(@Nullable List<String> values);
}
