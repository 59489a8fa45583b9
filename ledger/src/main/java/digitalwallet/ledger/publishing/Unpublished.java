package digitalwallet.ledger.publishing;

import java.util.List;
import java.util.Map;

/**
 * What to publish next: for every wallet the versions that follow what is published, none left out
 * in between.
 *
 * @param transactions in no special order
 * @param readBack how many of them were read from the books; the others were committed by this
 *     instance, which was told that they are durable
 * @param ends the height of each lane once these are published
 * @param backlog everything that is not published, these included
 * @param more whether there is more to publish at once
 */
public record Unpublished(
        List<JournalTransaction> transactions,
        int readBack,
        Map<Integer, Long> ends,
        Backlog backlog,
        boolean more) {}
