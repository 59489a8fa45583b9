package digitalwallet.local.command;

import digitalwallet.local.supervise.Supervisor;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C and SIGTERM into an orderly stop with exit code 0 unless another is named, from when
 * it is opened until it is closed.
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable onReceipt;
    private @Nullable Supervisor supervisor;
    private boolean received;
    private volatile int exitCode;

    private StopSignal(Runnable onReceipt) {
        this.onReceipt = onReceipt;
    }

    /**
     * @param onReceipt is run at once when a signal comes
     */
    static StopSignal open(Runnable onReceipt) {
        var signal = new StopSignal(onReceipt);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::receive, "stop"));
        return signal;
    }

    /** From now on a signal stops this supervisor; a signal that came before stops it at once. */
    synchronized void stops(Supervisor stopped) {
        supervisor = stopped;
        if (received) {
            stopped.requestStop();
        }
    }

    /** From now on a stop in order ends with this exit code. */
    void exitsWith(int code) {
        exitCode = code;
    }

    private void receive() {
        if (closed.getCount() == 0) {
            // The JVM ends by itself, with an exit code of its own.
            return;
        }
        onReceipt.run();
        synchronized (this) {
            received = true;
            if (supervisor != null) {
                supervisor.requestStop();
            }
        }
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
