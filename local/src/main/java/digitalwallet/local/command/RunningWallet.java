package digitalwallet.local.command;

import digitalwallet.local.LocalFailure;
import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.FolderLock;
import digitalwallet.local.folder.Running;
import java.time.Duration;
import java.util.Optional;

/** What works on a data folder at the moment. */
final class RunningWallet {

    private static final long POLL_MILLIS = 50;

    private RunningWallet() {}

    static Running up(
            String state,
            String url,
            int postgresPort,
            int managementPort,
            String kafka,
            String payments,
            int paymentsManagementPort) {
        return new Running(
                "up",
                ProcessHandle.current().pid(),
                state,
                url,
                postgresPort,
                managementPort,
                kafka,
                payments,
                paymentsManagementPort,
                "");
    }

    /** Empty when nobody holds the folder's lock. */
    static Optional<Running> find(DataFolder folder) {
        return FolderLock.isHeld(folder) ? Running.read(folder) : Optional.empty();
    }

    /** What the holder of the lock says of itself; the holder may not have written it yet. */
    static Running await(DataFolder folder, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var running = Running.read(folder);
            if (running.isPresent()) {
                return running.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LocalFailure(
                        "The data folder " + folder + " is in use by another process.");
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
