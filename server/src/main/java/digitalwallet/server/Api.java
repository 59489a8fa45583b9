package digitalwallet.server;

import digitalwallet.gate.token.TokenVerifier;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.process.WebServer;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.rest.QueueAccess;
import digitalwallet.server.rest.RestConfiguration;
import digitalwallet.server.rest.RestSettings;
import digitalwallet.server.rest.StandingStill;
import digitalwallet.server.watch.BooksWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What the REST API needs.
 *
 * @param queue where commands are queued, if this wallet has a queue
 * @param standing why nothing may be served, if that is so
 */
record Api(
        Books books,
        BooksWatch watch,
        CommandReader reader,
        QueueAccess queue,
        StandingStill standing,
        MeterRegistry registry) {

    /**
     * Listens.
     *
     * @throws InvalidSettingException when the port is taken
     */
    WebServer open(Settings settings) {
        var clock = books.clock();
        Map<Class<?>, Object> parts =
                Map.of(
                        BooksWatch.class,
                        watch,
                        RestSettings.class,
                        settings.rest(),
                        DigestKey.class,
                        books.digestKey(),
                        CommandReader.class,
                        reader,
                        QueueAccess.class,
                        queue,
                        StandingStill.class,
                        standing,
                        PostingEngine.class,
                        books.engine(),
                        DataSource.class,
                        books.dataSource(),
                        DatabaseClock.class,
                        clock,
                        TokenVerifier.class,
                        new TokenVerifier(settings.tokens(), clock));
        return WebServer.open(
                settings.http(),
                new WebServer.Content(
                        RestConfiguration.class,
                        parts,
                        Map.of("wallet.bench", settings.rest().bench())),
                registry);
    }
}
