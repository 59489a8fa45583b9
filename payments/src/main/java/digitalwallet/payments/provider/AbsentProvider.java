package digitalwallet.payments.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stands where no provider is configured: payments that wait for one go on waiting, and nothing is
 * guessed about them.
 */
public final class AbsentProvider implements Provider {

    private static final Answer UNKNOWN = new Answer.Unknown("no provider is configured");

    @Override
    public boolean takes(String method) {
        return false;
    }

    @Override
    public Answer send(ProviderCall call) {
        return UNKNOWN;
    }

    @Override
    public Answer query(String key) {
        return UNKNOWN;
    }

    @Override
    public Optional<List<Movement>> statement(Instant since, int max) {
        return Optional.of(List.of());
    }

    @Override
    public boolean isReference(String bankTransactionId) {
        return false;
    }
}
