package digitalwallet.server.rest;

import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.ledger.reading.TransactionReader;
import org.jspecify.annotations.Nullable;

/** The books searched for transactions, a page at a time. */
record TransactionSearch(TransactionReader transactions, OverPast past) {

    /**
     * What was found.
     *
     * @param cursor of the next page; null on the last one
     */
    record Found(TransactionPage page, @Nullable String cursor) {}

    /** The page of these transactions that the parameters {@code cursor} and {@code limit} say. */
    Found find(TransactionPage.Filter filter, Parameters parameters) {
        var cursor = Cursors.ofSearch(filter);
        var after = cursor.readId(parameters.text("cursor"));
        past.untilOver(filter.to());
        var page = transactions.transactions(filter, after, parameters.limit());
        return new Found(page, cursor.write(page.next()));
    }
}
