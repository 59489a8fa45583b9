package digitalwallet.bench.load;

import java.nio.ByteBuffer;

/** What the connections of a load send, one request after the other; asked by one thread only. */
public interface Traffic {

    /** The next request of a connection, from head to body. */
    ByteBuffer next(int connection);

    /**
     * Takes the answer to the connection's last request.
     *
     * @param answer the whole of it; valid during the call only
     * @return how many operations the request counts for
     * @throws IllegalStateException when it is not the answer that was expected
     */
    int answered(int connection, HttpAnswer answer);
}
