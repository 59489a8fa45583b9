package digitalwallet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * One run of the program for dead letters.
 *
 * @param code how it ended
 * @param out what it printed
 * @param err what it complained of
 */
record DeadRun(int code, String out, String err) {

    /** Runs it, with what a server is told of the brokers and its key. */
    static DeadRun of(Map<String, String> environment, String... arguments) {
        var variables = new HashMap<>(environment);
        variables.keySet().removeIf(name -> !name.matches("WALLET_(KAFKA|QUEUE_KEY|TRUST)_?.*"));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code =
                Dead.run(
                        variables,
                        arguments,
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        return new DeadRun(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
