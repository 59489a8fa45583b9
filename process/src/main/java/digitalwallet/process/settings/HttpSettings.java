package digitalwallet.process.settings;

import java.time.Duration;

/**
 * Where a process listens, for callers and for Prometheus.
 *
 * @param port 0 for any free one
 * @param connectionsMax open connections of callers
 * @param managementPort 0 for any free one
 * @param shutdownMax how long a stopping process waits for requests that run
 */
public record HttpSettings(
        String bind,
        int port,
        int connectionsMax,
        String managementBind,
        int managementPort,
        Duration shutdownMax) {}
