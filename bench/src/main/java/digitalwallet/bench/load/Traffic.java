package digitalwallet.bench.load;

import java.nio.ByteBuffer;

/** What the connections of a load send, one request after the other; asked by one thread only. */
public interface Traffic {

    /** The next request of a connection, from head to body. */
    ByteBuffer next(int connection);

    /**
     * What was answered to it.
     *
     * @param answer the whole of it; valid during the call only
     * @return how many operations the request counts for
     * @throws IllegalStateException when that is not what was to be expected
     */
    int answered(int connection, HttpAnswer answer);
}
