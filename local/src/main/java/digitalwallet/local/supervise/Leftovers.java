package digitalwallet.local.supervise;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.kafka.LocalKafka;
import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.local.postgres.Postmaster;
import java.util.ArrayList;
import java.util.List;

/** What a killed launcher left running on a data folder: true only while nobody holds its lock. */
public final class Leftovers {

    private Leftovers() {}

    /** What people call them; empty when nothing runs. */
    public static List<String> names(DataFolder folder) {
        var names = new ArrayList<String>();
        if (JavaProcess.runs(folder, "server")) {
            names.add("server");
        }
        if (JavaProcess.runs(folder, "payments")) {
            names.add("payments service");
        }
        if (LocalKafka.runsOn(folder.kafka())) {
            names.add("Kafka");
        }
        if (!Postmaster.of(folder.postgres()).isEmpty()) {
            names.add("PostgreSQL");
        }
        return names;
    }

    /** Ends them all. The caller holds the folder's lock. */
    public static void end(DataFolder folder) {
        endButPostgres(folder);
        LocalPostgres.endLeftovers(folder.postgres(), PostgresVersion.V18, folder.log("postgres"));
    }

    /** Ends those that do not end by themselves when they are started again. */
    public static void endButPostgres(DataFolder folder) {
        JavaProcess.endLeftovers(folder);
        LocalKafka.endLeftovers(folder.kafka());
    }
}
