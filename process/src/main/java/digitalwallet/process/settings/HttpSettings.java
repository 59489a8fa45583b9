package digitalwallet.process.settings;

import java.time.Duration;
import java.util.Set;

/**
 * Where a process listens, for callers and for Prometheus.
 *
 * @param port 0 for any free one
 * @param connectionsMax open connections of callers
 * @param connectionsPerAddressMax how many of them one address has
 * @param bodyBytesMax of all bodies that are held at once
 * @param corsOrigins pages of which origins a browser lets call the API
 * @param managementPort 0 for any free one
 * @param shutdownMax how long a stopping process waits for requests that run
 */
public record HttpSettings(
        String bind,
        int port,
        int connectionsMax,
        int connectionsPerAddressMax,
        long bodyBytesMax,
        Set<String> corsOrigins,
        String managementBind,
        int managementPort,
        Duration shutdownMax) {}
