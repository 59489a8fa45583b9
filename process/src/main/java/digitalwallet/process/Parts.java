package digitalwallet.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs in a process; it is closed in the reverse of the order in which it was started. */
public final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /** Takes a part that has just been started, and returns it. */
    public <T extends AutoCloseable> T add(T part) {
        running.push(part);
        return part;
    }

    /** Closes this part before those that were started after it: it needs them to the end. */
    public void raise(AutoCloseable part) {
        running.remove(part);
        running.push(part);
    }

    /** Closes all, whatever goes wrong with one of them. */
    @Override
    public void close() {
        LOG.info("stopping");
        while (!running.isEmpty()) {
            close(running.pop());
        }
        LOG.info("stopped");
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("stopping was interrupted", e);
        } catch (Exception e) {
            LOG.warn("a part did not stop in order", e);
        }
    }
}
