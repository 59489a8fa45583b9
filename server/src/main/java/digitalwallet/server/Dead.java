package digitalwallet.server;

import digitalwallet.json.Printable;
import digitalwallet.kafka.KafkaSettings;
import digitalwallet.kafka.Refusal;
import digitalwallet.process.ProcessLog;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.LogSettings;
import digitalwallet.server.queue.DeadLetterBox;
import digitalwallet.server.queue.DeadLetterBox.Letter;
import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** The program behind {@code ./wallet dead}: lists, shows and retries dead letters. */
public final class Dead {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int DETAIL_LENGTH = 60;
    private static final Set<String> ACTIONS = Set.of("show", "retry");

    private final DeadLetterBox box;
    private final PrintStream out;

    private Dead(DeadLetterBox box, PrintStream out) {
        this.box = box;
        this.out = out;
    }

    /** Exits with 0 when it was done, 1 when it could not be, 2 when the arguments are wrong. */
    public static void main(String[] arguments) {
        ProcessLog.start(new LogSettings(false, "error"), "wallet");
        System.exit(run(System.getenv(), arguments, System.out, System.err));
    }

    static int run(
            Map<String, String> variables, String[] arguments, PrintStream out, PrintStream err) {
        try {
            var kafka = Settings.readConnection(variables);
            if (kafka == null) {
                err.println("There is no Kafka: set WALLET_KAFKA_BOOTSTRAP.");
                return FAILED;
            }
            return asked(kafka, arguments, out, err);
        } catch (InvalidSettingException e) {
            err.println(e.getMessage());
            return WRONG_ARGUMENTS;
        }
    }

    private static int asked(
            KafkaSettings kafka, String[] arguments, PrintStream out, PrintStream err) {
        try {
            return new Dead(new DeadLetterBox(kafka), out).run(arguments, err);
        } catch (KafkaException e) {
            err.println(
                    new Refusal(kafka, "WALLET_")
                            .sentence(e)
                            .orElse("Kafka cannot be asked: " + e.getMessage() + "."));
            return FAILED;
        }
    }

    private int run(String[] arguments, PrintStream err) {
        if (arguments.length == 1 && arguments[0].equals("list")) {
            return list();
        }
        var id = arguments.length == 2 ? number(arguments[1]) : OptionalLong.empty();
        if (id.isEmpty() || !ACTIONS.contains(arguments[0])) {
            err.println("Usage: wallet dead list | show ID | retry ID");
            return WRONG_ARGUMENTS;
        }
        boolean done =
                arguments[0].equals("show")
                        ? show(id.getAsLong(), err)
                        : retry(id.getAsLong(), err);
        return done ? OK : FAILED;
    }

    private boolean show(long id, PrintStream err) {
        var letter = box.letter(id);
        letter.ifPresentOrElse(this::show, () -> err.println(absent(id)));
        return letter.isPresent();
    }

    private int list() {
        var letters = box.letters();
        if (letters.isEmpty()) {
            out.println("no dead letters");
            return OK;
        }
        out.printf("%-6s %-24s %-22s %-28s %s%n", "ID", "TIME", "REASON", "FROM", "DETAIL");
        for (var letter : letters) {
            var detail = header(letter, "detail");
            out.printf(
                    "%-6d %-24.24s %-22s %-28s %s%n",
                    letter.id(),
                    header(letter, "time"),
                    header(letter, "reason"),
                    origin(letter),
                    detail.length() > DETAIL_LENGTH
                            ? detail.substring(0, DETAIL_LENGTH) + "…"
                            : detail);
        }
        return OK;
    }

    private void show(Letter letter) {
        letter.headers()
                .forEach(
                        (name, value) ->
                                out.println(Printable.of(name) + ": " + Printable.of(value)));
        out.println("key: " + Printable.of(letter.key()));
        out.println();
        letter.message().lines().map(Printable::of).forEach(out::println);
    }

    private boolean retry(long id, PrintStream err) {
        return switch (box.retry(id)) {
            case SENT -> {
                out.println("sent again; if it cannot be done now either, it is listed anew");
                yield true;
            }
            case ABSENT -> {
                err.println(absent(id));
                yield false;
            }
            case REFERENCE -> {
                err.println("The message was too large to be kept here; show says where it is.");
                yield false;
            }
        };
    }

    private static String absent(long id) {
        return "There is no dead letter " + id + ".";
    }

    private static String origin(Letter letter) {
        return header(letter, "topic")
                + "-"
                + header(letter, "partition")
                + "@"
                + header(letter, "offset");
    }

    private static String header(Letter letter, String name) {
        return Printable.of(letter.headers().getOrDefault(name, ""));
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
