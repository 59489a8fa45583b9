package digitalwallet.proof;

import digitalwallet.proof.tool.Tool;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program of the folder {@code examples}, run as a caller would run it. */
final class SendingProgram implements AutoCloseable {

    /** The language it is written in. */
    enum Language {
        JAVA,
        PYTHON;

        /** Skips the test where this machine cannot run it. */
        void require() {
            switch (this) {
                case JAVA -> {
                    // It runs this test.
                }
                case PYTHON -> Tool.PYTHON.require();
            }
        }

        private List<String> command() {
            var examples = Repository.root().resolve("examples");
            return switch (this) {
                case JAVA -> List.of(JAVA_PROGRAM, examples + "/java/SendMoney.java");
                case PYTHON -> List.of("python3", examples + "/python/send_money.py");
            };
        }
    }

    private static final String JAVA_PROGRAM =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String KAFKA_LIBRARIES =
            ".*/(kafka-clients|slf4j-api|lz4-java|snappy-java|zstd-jni)-[^/]*\\.jar";
    private static final int END_MINUTES_MAX = 5;

    private final Process process;
    private final Path log;

    private SendingProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, with the arguments that the program describes itself. */
    static SendingProgram start(Language language, Path log, List<String> arguments) {
        return start(log, language.command(), arguments);
    }

    /** Starts one that needs Kafka's own library and those it needs itself, but no logging. */
    static SendingProgram startWithKafka(String source, Path log, List<String> arguments) {
        var libraries =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(library -> library.matches(KAFKA_LIBRARIES))
                        .collect(Collectors.joining(File.pathSeparator));
        var file = Repository.root().resolve("examples/kafka").resolve(source).toString();
        var temporary = "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
        return start(log, List.of(JAVA_PROGRAM, temporary, "-cp", libraries, file), arguments);
    }

    private static SendingProgram start(Path log, List<String> program, List<String> arguments) {
        var command = new ArrayList<>(program);
        command.addAll(arguments);
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new SendingProgram(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /**
     * kill -9.
     *
     * @throws IllegalStateException when it had ended by itself
     */
    void kill() {
        process.destroyForcibly();
        int code = exitCode();
        if (code != 128 + 9) {
            throw new IllegalStateException("it had ended with " + code + ":\n" + output());
        }
    }

    /** Waits until it ends by itself. */
    int exitCode() {
        try {
            if (!process.waitFor(END_MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new IllegalStateException("it does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it and the programs before it have printed. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
