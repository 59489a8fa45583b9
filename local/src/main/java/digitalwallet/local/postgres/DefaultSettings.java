package digitalwallet.local.postgres;

import java.util.Map;

/**
 * The settings of postgresql.conf that differ from PostgreSQL's own defaults, or must not be left
 * to them.
 */
final class DefaultSettings {

    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("password_encryption", "scram-sha-256"),
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("full_page_writes", "on"),
                    Map.entry("max_connections", "100"),
                    // A lane takes one advisory lock per account and key of its batch.
                    Map.entry("max_locks_per_transaction", "1024"),
                    Map.entry("shared_buffers", "256MB"),
                    Map.entry("max_wal_size", "4GB"),
                    Map.entry("checkpoint_timeout", "15min"),
                    Map.entry("jit", "off"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"),
                    Map.entry("log_line_prefix", "%m [%p] %u@%d "));

    private DefaultSettings() {}
}
