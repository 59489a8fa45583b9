package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import digitalwallet.ledger.database.DatabaseAddress;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Errors of the database are logged, and their details would show rows. */
final class ErrorDetailIT {

    @Test
    void an_error_of_the_database_shows_no_row() throws SQLException {
        var environment = TestWallet.shared().environment();
        var address =
                new DatabaseAddress(
                        environment.getOrDefault("WALLET_DATABASE_URL", ""),
                        environment.getOrDefault("WALLET_DATABASE_USER", ""),
                        environment.getOrDefault("WALLET_DATABASE_PASSWORD", ""));
        try (var connection = Books.dataSource(address).getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("INSERT INTO digest_key TABLE digest_key"))
                    .hasMessageContaining("one_digest_key")
                    .hasMessageNotContaining("Key (id)=(1)");
        }
    }
}
