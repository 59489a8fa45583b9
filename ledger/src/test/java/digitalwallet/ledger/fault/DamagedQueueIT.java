package digitalwallet.ledger.fault;

import static digitalwallet.ledger.fault.DamagedBooks.VICTIM;
import static digitalwallet.ledger.fault.DamagedBooks.user;
import static digitalwallet.ledger.lane.EngineFixture.awaitRefusal;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import digitalwallet.ledger.fault.DamagedBooks.Damage;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.Feed;
import digitalwallet.ledger.lane.PostingEngine;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A queued command on a damaged account is refused; its partition goes on. */
final class DamagedQueueIT {

    private static final int MESSAGES = 400;
    private static final int DAMAGED = 200;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @AfterEach
    void stop_listening() {
        laneLog().detachAppender(log);
    }

    @ParameterizedTest
    @EnumSource
    void a_queued_command_on_a_damaged_account_is_refused_and_blocks_nobody(Damage damage)
            throws SQLException {
        var books = DamagedBooks.by(damage);
        laneLog().addAppender(log);
        log.start();
        try (var engine = books.books().engine(2)) {
            var feed = engine.open(EngineFixture.newId(), 0, EngineFixture.at(0), _ -> {});
            offerAll(feed);
            var refusal = awaitRefusal(feed);
            assertThat(feed.position()).isLessThanOrEqualTo(DAMAGED);
            assertThat(refusal.offset()).isEqualTo(DAMAGED);
            assertThat(refusal.reason()).isEqualTo(Feed.Refusal.Reason.POSTING_FAILED);

            feed.abandon(DAMAGED);
            until(() -> feed.position() == MESSAGES);
            assertThat(feed.nextRefusal()).isNull();
            assertThat(feed.isBroken()).isFalse();
        }
        // All messages but the damaged one, and its one good unit.
        books.repairAndCheck(damage, MESSAGES);
        // Once for each of the two units that failed, with where it comes from.
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNotNull());
    }

    /** One message has two units that fail and a good one; all others are good. */
    private static void offerAll(Feed feed) {
        var damaged =
                List.of(
                        List.of(deposit(VICTIM, 1)),
                        List.of(deposit("ann", 1)),
                        List.of(deposit("bob", 1), deposit(VICTIM, 1)));
        for (int offset = 0; offset < MESSAGES; offset++) {
            var good = List.of(List.of(deposit(user(offset), 1)));
            assertThat(feed.offer(offset, offset == DAMAGED ? damaged : good)).isTrue();
        }
    }

    private static Logger laneLog() {
        return (Logger) LoggerFactory.getLogger(PostingEngine.class.getPackageName());
    }
}
