package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallet's PostgreSQL. */
public final class PostgresChild implements Child {

    private final DataFolder folder;
    private @Nullable LocalPostgres postgres;

    public PostgresChild(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    /**
     * The first start creates what is missing; later ones keep the port, which the server knows.
     */
    @Override
    public void start() {
        if (postgres == null) {
            postgres =
                    LocalPostgres.start(
                            folder.postgres(),
                            PostgresVersion.V18,
                            Map.of(),
                            folder.log("postgres"));
        } else {
            postgres.restart();
        }
    }

    @Override
    public boolean isAlive() {
        return postgres != null && postgres.isRunning();
    }

    @Override
    public boolean isReady() {
        return isAlive();
    }

    @Override
    public String lastWords() {
        return "see " + folder.log("postgres");
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.stop();
        }
    }

    /** What the server needs to know of it; only after the first start. */
    public LocalPostgres postgres() {
        if (postgres == null) {
            throw new IllegalStateException("PostgreSQL has not been started");
        }
        return postgres;
    }
}
