package digitalwallet.payments.queue;

import digitalwallet.kafka.KafkaSettings;
import digitalwallet.payments.loop.Loop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether the broker answers. */
public final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long ANSWER_SECONDS_MAX = 2;

    private final Admin admin;
    private final Loop loop;
    private volatile boolean answers = true;

    private BrokerWatch(KafkaSettings settings) {
        this.admin = Admin.create(settings.admin());
        this.loop = Loop.start("broker-watch", PAUSE, this::round);
    }

    /** Starts. */
    public static BrokerWatch start(KafkaSettings settings) {
        return new BrokerWatch(settings);
    }

    /** Whether it answered lately. */
    public boolean answers() {
        return answers;
    }

    @Override
    public void close() {
        loop.close();
        admin.close(Duration.ZERO);
    }

    private boolean round() {
        boolean now = asked();
        if (now != answers) {
            LOG.warn(now ? "Kafka answers again" : "Kafka does not answer");
        }
        answers = now;
        return false;
    }

    private boolean asked() {
        try {
            admin.describeCluster().clusterId().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return answers;
        }
    }
}
