package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.RunAs;
import digitalwallet.local.producer.ProducerRegistry;
import digitalwallet.local.supervise.Child;
import digitalwallet.local.supervise.MigrationChild;
import digitalwallet.local.supervise.PostgresChild;
import digitalwallet.local.supervise.ServerChild;
import digitalwallet.local.token.LocalIssuer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of one local wallet, and what each of them is told about the others. */
final class WalletProcesses {

    /** Few payments are made here, but every event of the wallet passes: compiled in full. */
    private static final List<String> PAYMENTS_JVM_OPTIONS =
            List.of(
                    "-Xms64m",
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dfile.encoding=UTF-8",
                    "--enable-native-access=ALL-UNNAMED");

    private final DataFolder folder;
    private final int port;
    private final int paymentsPort;
    private final int managementPort;
    private final int paymentsManagementPort;
    private final LocalIssuer issuer;
    private final PostgresChild postgres;
    private final Broker broker;
    private final RunAs runAs;

    /**
     * @param port where the wallet listens
     * @param paymentsPort where the payments service listens
     */
    WalletProcesses(DataFolder folder, int port, int paymentsPort, Broker broker) {
        this.folder = folder;
        this.port = port;
        this.paymentsPort = paymentsPort;
        this.broker = broker;
        var own = System.getenv();
        var free = FreePort.several(2);
        this.managementPort = ManagementPort.wanted(own, "WALLET_MANAGEMENT_PORT", free.getFirst());
        this.paymentsManagementPort =
                ManagementPort.wanted(own, "PAYMENTS_MANAGEMENT_PORT", free.getLast());
        this.runAs = Installation.runAs(folder);
        folder.clearTemporary(runAs);
        this.issuer = LocalIssuer.openOrCreate(folder.issuer());
        this.postgres = new PostgresChild(folder);
    }

    /** In the order in which they start. */
    List<List<Child>> stages() {
        // Kafka's start does not wait and PostgreSQL's does, so in this order they overlap.
        var stores = new ArrayList<>(broker.children());
        stores.add(postgres);
        stores.add(migration());
        return List.of(stores, services());
    }

    private Child migration() {
        return new MigrationChild(
                folder,
                Installation.serverJar(),
                () -> ServerEnvironment.ofMigration(postgres.postgres()),
                runAs);
    }

    private List<Child> services() {
        var services = new ArrayList<Child>(List.of(server()));
        if (hasPayments()) {
            Installation.paymentsJar().map(this::payments).ifPresent(services::add);
        }
        return services;
    }

    /** The payments service works through Kafka only. */
    private boolean hasPayments() {
        return !(broker instanceof Broker.None) && Installation.paymentsJar().isPresent();
    }

    private Child payments(Path jar) {
        return new ServerChild(
                folder,
                new ServerChild.Launch(
                        "payments",
                        "payments service",
                        jar,
                        PAYMENTS_JVM_OPTIONS,
                        () ->
                                PaymentsEnvironment.of(
                                        folder,
                                        postgres.postgres(),
                                        issuer,
                                        broker,
                                        paymentsPort,
                                        paymentsManagementPort),
                        runAs,
                        paymentsUrl()));
    }

    private Child server() {
        return new ServerChild(
                folder,
                new ServerChild.Launch(
                        "server",
                        "server",
                        Installation.serverJar(),
                        ServerChild.JVM_OPTIONS,
                        this::serverEnvironment,
                        runAs,
                        url()));
    }

    /** The server may read the keys of producers, which are not among its variables. */
    private Map<String, String> serverEnvironment() {
        ProducerRegistry.in(folder.producers()).keys().forEach(runAs::mayRead);
        return ServerEnvironment.of(
                folder, postgres.postgres(), issuer, broker, port, managementPort);
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What the person is told about them once they all work. */
    Running ready() {
        return RunningWallet.up(
                "ready",
                url(),
                postgres.postgres().port(),
                managementPort,
                broker.bootstrap(),
                hasPayments() ? paymentsUrl() : "",
                hasPayments() ? paymentsManagementPort : 0);
    }

    /** Whether they run as root, if without its privileges. */
    boolean areStillRoot() {
        return runAs.isStillRoot();
    }

    private String paymentsUrl() {
        return "http://127.0.0.1:" + paymentsPort;
    }
}
