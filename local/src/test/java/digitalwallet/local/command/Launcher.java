package digitalwallet.local.command;

import static org.awaitility.Awaitility.await;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.folder.Running;
import digitalwallet.local.postgres.FreePort;
import digitalwallet.local.postgres.Processes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./wallet} as a process of its own, as the script starts it, with the fake server. */
final class Launcher {

    record Ended(int exitCode, String output) {}

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final Path jar;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> properties = new ArrayList<>();
    private final List<Integer> ports = FreePort.several(2);
    private final int port = ports.get(0);
    private final int paymentsPort = ports.get(1);

    Launcher(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.jar = FakeServer.packedInto(folder);
    }

    DataFolder data() {
        return DataFolder.at(folder.resolve("data"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Sets a variable for all commands from now on. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** From now on a payments service belongs to the wallet, the fake server too. */
    void addPayments() {
        properties.add("-Dwallet.payments.jar=" + jar);
        set("PAYMENTS_HTTP_PORT", Integer.toString(paymentsPort));
    }

    /** Starts {@code up} and waits until it says that the wallet is ready. */
    Process up(String... options) throws IOException {
        return up(folder.resolve("output-" + System.nanoTime()), options);
    }

    /** The same; all that it says, in any way, goes to a file. */
    Process up(Path output, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
        arguments.addAll(List.of(options));
        var process = begin(output, arguments.toArray(String[]::new));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                !process.isAlive()
                                        || Files.readString(output)
                                                .endsWith("wallet ready: " + url() + "\n"));
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(output));
        }
        return process;
    }

    /** Starts a command; all that it says, in any way, goes to a file. */
    Process begin(Path output, String... arguments) throws IOException {
        return start(merged(output), arguments);
    }

    /** Runs a command to its end; its output is what it says in any way. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        var output = folder.resolve("output-" + System.nanoTime());
        return ended(start(merged(output), arguments), output);
    }

    /**
     * Runs a command to its end.
     *
     * @param errors what it says on standard error goes here, and is not in its output
     */
    Ended run(Path errors, String... arguments) throws IOException, InterruptedException {
        var output = folder.resolve("output-" + System.nanoTime());
        var builder = new ProcessBuilder().redirectError(errors.toFile());
        return ended(start(builder.redirectOutput(output.toFile()), arguments), output);
    }

    private static ProcessBuilder merged(Path output) {
        return new ProcessBuilder().redirectErrorStream(true).redirectOutput(output.toFile());
    }

    private static Ended ended(Process process, Path output)
            throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private Process start(ProcessBuilder builder, String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                                "-Dwallet.server.jar=" + jar));
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data().toString()));
        builder.environment().putAll(environment);
        return builder.command(command).start();
    }

    /** The processes of a server of this name, whatever started them. */
    List<ProcessHandle> servers(String name) {
        var marker = " -Dwallet.process=" + name + " ";
        return servers().stream()
                .filter(process -> Processes.commandLine(process.pid()).contains(marker))
                .toList();
    }

    /** The servers' processes on this data folder, whatever started them. */
    List<ProcessHandle> servers() {
        return Processes.whose(line -> (line + " ").contains(" -Dwallet.data=" + data() + " "));
    }

    /** The PostgreSQL servers on this data folder, whatever started them. */
    List<ProcessHandle> postmasters() {
        return Processes.whose(
                line ->
                        line.contains(data().postgres() + "/data")
                                && line.contains("bin/postgres"));
    }

    /** The Kafka brokers on this data folder, whatever started them. */
    List<ProcessHandle> brokers() {
        var marker = " -Dwallet.kafka=" + data().kafka() + " ";
        return Processes.whose(line -> (line + " ").contains(marker));
    }

    /** All of them: the server, PostgreSQL and Kafka. */
    List<ProcessHandle> children() {
        return Stream.of(servers(), postmasters(), brokers()).flatMap(List::stream).toList();
    }

    String kafka() {
        return Running.read(data()).orElseThrow().kafka();
    }

    int postgresPort() {
        return Running.read(data()).orElseThrow().postgresPort();
    }

    /** Whether the server says so. */
    boolean isReady() throws IOException, InterruptedException {
        return isReady(url());
    }

    /** Whether the payments service says so. */
    boolean arePaymentsReady() throws IOException, InterruptedException {
        return isReady("http://127.0.0.1:" + paymentsPort);
    }

    private static boolean isReady(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url + "/readyz"))
                            .timeout(Duration.ofSeconds(30))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException | HttpTimeoutException _) {
            return false;
        }
    }
}
