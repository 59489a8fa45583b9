package digitalwallet.ledger.scenario;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The posting engine over books in PostgreSQL. */
final class EngineWallets implements Wallets {

    private static final String BALANCE =
            """
            SELECT balance_after FROM entry WHERE account_id = ? ORDER BY version DESC LIMIT 1\
            """;

    private final EngineFixture books;
    private final PostingEngine engine;

    EngineWallets(EngineFixture books, PostingEngine engine) {
        this.books = books;
        this.engine = engine;
    }

    @Override
    public Answer send(Request request) {
        var command = Translation.command(request, EngineFixture.newId());
        return Translation.answer(EngineFixture.await(engine.submit(command)));
    }

    @Override
    public GroupAnswer sendTogether(List<Request> requests, @Nullable String key) {
        var commands = Translation.commands(requests, key, EngineFixture::newId);
        return Translation.answer(EngineFixture.await(engine.submitAtomically(commands)));
    }

    @Override
    public Optional<Money> balance(String userId, CurrencyCode currency) {
        try (var connection = books.connect();
                var statement = connection.prepareStatement(BALANCE)) {
            statement.setObject(1, AccountName.wallet(userId, currency).id());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Money(rows.getLong(1), currency))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
